import { Link, useParams } from '@tanstack/react-router';
import { server } from '../api/client.ts';
import type { Answer } from '../api/shapes.ts';
import { ButtonLink } from '../design/button.tsx';
import { DataTable } from '../design/data-table.tsx';
import { Count, Instant } from '../design/figures.tsx';
import { Notice } from '../design/notice.tsx';
import { Facts, Page, Section } from '../design/page.tsx';
import { Empty, QueryView } from '../design/query-view.tsx';
import { Status, words } from '../design/status.tsx';
import { countryName } from '../places/countries.ts';
import { incotermMeanings } from '../products/commodity.ts';
import { productColumns } from '../products/product-columns.tsx';
import { useMe } from '../session/session.ts';
import { Rating } from './rating.tsx';
import { Reviews } from './reviews.tsx';

type Supplier = Answer<'/api/suppliers/{id}'>;

/** A supplier: what it proves, what it sells and what its buyers say. */
export function SupplierProfile() {
  const { supplierId } = useParams({ from: '/_app/suppliers/$supplierId' });
  const supplier = server.useQuery('get', '/api/suppliers/{id}', { params: { path: { id: supplierId } } });
  return (
    <QueryView query={supplier} rows={10}>
      {(it) => <Shown supplier={it} />}
    </QueryView>
  );
}

function Shown({ supplier }: { supplier: Supplier }) {
  const { role } = useMe();
  const { supplierId, certificates, products, reviews } = supplier;
  return (
    <Page
      title={supplier.legalName}
      above={
        <Link to="/suppliers" className="underline">
          Suppliers
        </Link>
      }
      status={<Status tone={supplier.status === 'verified' ? 'green' : 'plain'}>{words(supplier.status)}</Status>}
      summary={supplier.about}
      actions={
        role === 'buyer' &&
        products.length > 0 && (
          <ButtonLink to="/quotes/new" search={{ supplierId }} variant="primary">
            Ask for a quote
          </ButtonLink>
        )
      }
    >
      {supplier.status !== 'verified' && (
        <Notice title="Not on the market now">Only verified suppliers are found and asked.</Notice>
      )}
      <Section title="Company">
        <Facts
          columns={3}
          facts={[
            ['Country', countryName(supplier.country)],
            ['Delivers to', supplier.regions.map(countryName).join(', ') || 'Not said'],
            [
              'Incoterms',
              supplier.incoterms.length === 0
                ? 'Not said'
                : supplier.incoterms.map((rule) => (
                    <abbr key={rule} title={incotermMeanings[rule]} className="mr-2 no-underline">
                      {rule}
                    </abbr>
                  )),
            ],
            ['Capabilities', supplier.capabilities.map(words).join(', ') || 'Not said'],
            ['Orders delivered', <Count key="orders" value={supplier.deliveredOrders} />],
            [
              'Website',
              supplier.website ? (
                <a
                  key="site"
                  href={supplier.website}
                  rel="noopener noreferrer nofollow"
                  target="_blank"
                  className="text-accent underline"
                >
                  {new URL(supplier.website).host}
                </a>
              ) : (
                'Not said'
              ),
            ],
          ]}
        />
      </Section>
      <Section title="Products" plain>
        <DataTable
          label="Products"
          columns={productColumns}
          rows={products}
          rowKey={({ productId }) => productId}
          empty={<Empty title="No product is listed now" />}
        />
      </Section>
      <Section title="Certificates">
        <Certificates certificates={certificates} />
      </Section>
      <Section title="What buyers say">
        <div className="grid gap-5">
          {reviews.count > 0 && (
            <dl className="flex flex-wrap gap-x-8 gap-y-3">
              {(['rating', 'quality', 'delivery', 'communication'] as const).map((each) => (
                <div key={each}>
                  <dt className="text-xs text-muted">{each === 'rating' ? 'Overall' : words(each)}</dt>
                  <dd>
                    <Rating rating={reviews[each]} count={reviews.count} />
                  </dd>
                </div>
              ))}
            </dl>
          )}
          <Reviews supplierId={supplierId} />
        </div>
      </Section>
    </Page>
  );
}

/** Certificates that are valid today, as everybody may see them. */
export function Certificates({ certificates }: { certificates: Supplier['certificates'] }) {
  if (certificates.length === 0) return <p className="text-muted">No certificate is valid today.</p>;
  return (
    <ul className="grid gap-3">
      {certificates.map(({ certificateId, kind, number, issuedBy, validFrom, expiresOn }) => (
        <li key={certificateId} className="flex flex-wrap items-baseline justify-between gap-x-6">
          <span>
            <strong className="font-semibold">{kind}</strong> no. {number}, issued by {issuedBy}
          </span>
          <span className="text-sm text-muted">
            <Instant at={validFrom} dateOnly /> to <Instant at={expiresOn} dateOnly />
          </span>
        </li>
      ))}
    </ul>
  );
}
