import { Link, useParams } from '@tanstack/react-router';
import { server } from '../api/client.ts';
import { ButtonLink } from '../design/button.tsx';
import { Count, Instant, Money } from '../design/figures.tsx';
import { Notice } from '../design/notice.tsx';
import { Facts, Page, Section } from '../design/page.tsx';
import { QueryView } from '../design/query-view.tsx';
import { Status, words } from '../design/status.tsx';
import { countryName } from '../places/countries.ts';
import { useMe } from '../session/session.ts';
import { AssayTable } from './assay-table.tsx';
import { basisMeaning, type Product } from './commodity.ts';

/** One product: what it is, what it contains, who makes it, and how to get a price. */
export function ProductPage() {
  const { productId } = useParams({ from: '/_app/products/$productId' });
  const product = server.useQuery('get', '/api/products/{id}', { params: { path: { id: productId } } });
  return (
    <QueryView query={product} rows={10}>
      {(it) => <Shown product={it} />}
    </QueryView>
  );
}

function Shown({ product }: { product: Product }) {
  const { role } = useMe();
  const { productId, supplierId, supplierName, currency } = product;
  return (
    <Page
      title={product.title}
      above={
        <Link to="/products" className="underline">
          Products
        </Link>
      }
      status={
        <Status tone={product.visible ? 'green' : 'plain'}>{product.visible ? 'On offer' : 'Not on offer'}</Status>
      }
      summary={
        <>
          {words(product.productType)}, {product.grade} grade, by{' '}
          <Link to="/suppliers/$supplierId" params={{ supplierId }} className="font-medium text-accent underline">
            {supplierName}
          </Link>
        </>
      }
      actions={
        role === 'buyer' &&
        product.visible && (
          <ButtonLink to="/quotes/new" search={{ productId }} variant="primary">
            Ask for a quote
          </ButtonLink>
        )
      }
    >
      {!product.visible && (
        <Notice title="Nobody else sees this product">
          It is shown while it is listed and its supplier is verified. Orders and quotes made before go on.
        </Notice>
      )}
      <Section title="Terms">
        <Facts
          columns={3}
          facts={[
            [
              'Indicative price per tonne',
              product.indicativePrice === null ? (
                'On request'
              ) : (
                <Money key="price" amount={product.indicativePrice} currency={currency ?? 'USD'} />
              ),
            ],
            ['Smallest lot', <Count key="lot" value={product.minLotKg} unit="kg" />],
            ['Capacity a month', <Count key="capacity" value={product.capacityKgPerMonth} unit="kg" />],
            ['Origin', countryName(product.originCountry)],
            ['Packaging', product.packaging || 'Not said'],
            ['Mass counted', basisMeaning[product.basis]],
          ]}
        />
      </Section>
      <Section title="Assay">
        <AssayTable assay={product.assay} />
      </Section>
      {product.description && (
        <Section title="Description">
          <p className="max-w-prose whitespace-pre-line">{product.description}</p>
        </Section>
      )}
      <p className="text-xs text-muted">
        Listed <Instant at={product.createdAt} /> · changed <Instant at={product.updatedAt} />
      </p>
    </Page>
  );
}
