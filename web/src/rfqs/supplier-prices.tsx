import { server } from '../api/client.ts';
import type { Answer } from '../api/shapes.ts';
import { type Column, DataTable } from '../design/data-table.tsx';
import { Instant, Money } from '../design/figures.tsx';
import { Section } from '../design/page.tsx';
import { QueryView } from '../design/query-view.tsx';
import { countryName } from '../places/countries.ts';

type Line = Answer<'/api/market/supplier-prices'>['lines'][number];
type Offer = Line['offers'][number];

function columnsFor(currency: string): readonly Column<Offer>[] {
  return [
    {
      id: 'supplier',
      header: 'Supplier',
      cell: ({ supplierName, incoterm, originCountry, alternate, firm, current }) => (
        <div className="min-w-40">
          <span className="font-medium">{supplierName ?? 'Supplier'}</span>
          <span className="block text-xs text-muted">
            {incoterm} from {countryName(originCountry)}
            {alternate && ', alternate'}
            {!firm && ', indicative'}
            {!current && ', for earlier terms'}
          </span>
        </div>
      ),
    },
    {
      id: 'price',
      header: 'Offered',
      align: 'right',
      cell: ({ price }) => <Money amount={price.decimal} currency={currency} />,
    },
    {
      id: 'restated',
      header: 'In the basis of the request',
      align: 'right',
      cell: ({ restated: { price, steps, notCompared } }) =>
        price ? (
          <>
            <Money amount={price.decimal} currency={currency} />
            {steps.length > 0 && (
              <span className="block text-xs text-muted">{steps.map(({ name }) => name).join(', ')}</span>
            )}
          </>
        ) : (
          <span className="text-xs text-muted">{notCompared?.detail ?? 'Not comparable.'}</span>
        ),
    },
    {
      id: 'above',
      header: 'Above the lowest',
      align: 'right',
      cell: ({ aboveLowest }) => <Money amount={aboveLowest?.decimal} currency={currency} />,
    },
    {
      id: 'market',
      header: 'Against the market',
      align: 'right',
      cell: ({ comparisons }) => {
        const premiums = comparisons.flatMap((each) => each.premiums);
        if (premiums.length > 0) {
          return premiums.map(({ observationId, percent }) => (
            <span key={observationId} className="block">
              {Number(percent.decimal) > 0 && '+'}
              {percent.decimal} %
            </span>
          ));
        }
        const [why] = comparisons.map(({ notCompared }) => notCompared?.detail).filter(Boolean);
        return <span className="text-xs text-muted">{why ?? 'No figure to compare with.'}</span>;
      },
    },
  ];
}

/** Opened prices in one basis and beside what the market says; what cannot be compared says why. */
export function SupplierPrices({ rfqId }: { rfqId: string }) {
  const prices = server.useQuery('get', '/api/market/supplier-prices', { params: { query: { rfqId } } });
  return (
    <Section title="Prices beside the market" plain>
      <QueryView query={prices} rows={5}>
        {({ lines, currency, incoterm, place, at }) => (
          <div className="grid gap-6">
            <p className="max-w-prose text-sm text-muted">
              Prices as offered and, where nothing has to be guessed, restated per tonne {incoterm} {place}, as of{' '}
              <Instant at={at} />. This is information; the ranking above is what you award by.
            </p>
            {lines.map((line) => (
              <LinePrices key={line.lineId} line={line} currency={currency} />
            ))}
          </div>
        )}
      </QueryView>
    </Section>
  );
}

function LinePrices({ line, currency }: { line: Line; currency: string }) {
  return (
    <div className="grid gap-2">
      <h3 className="font-semibold">{line.title}</h3>
      <DataTable
        label={`Prices for ${line.title}`}
        columns={columnsFor(currency)}
        rows={line.offers}
        rowKey={({ responseId, offerId }) => `${responseId} ${offerId}`}
        empty={<p className="text-muted">No offer for this line.</p>}
      />
      {line.market.length > 0 && (
        <ul className="grid gap-1 text-sm">
          {line.market.flatMap(({ instrument, figures }) =>
            figures.map((figure) => (
              <li key={figure.observationId}>
                {instrument.name}: <Money amount={figure.mid} currency={figure.currency} /> per {figure.unit}{' '}
                <span className="text-muted">
                  {figure.source.name}, {figure.kind.replaceAll('_', ' ')}, <Instant at={figure.validAt} dateOnly />
                  {figure.stale && ', stale'}
                </span>
              </li>
            )),
          )}
        </ul>
      )}
    </div>
  );
}
