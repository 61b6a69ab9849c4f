import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { server } from '../api/client.ts';
import { Problem } from '../api/problem.ts';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { Count, Instant, Money } from '../design/figures.tsx';
import { Notice } from '../design/notice.tsx';
import { Facts, Section } from '../design/page.tsx';
import { Empty, QueryView } from '../design/query-view.tsx';
import { Status } from '../design/status.tsx';
import { TableFrame } from '../design/table-frame.tsx';
import { BasisBadge, KindBadge } from './badges.tsx';
import { per } from './basis.ts';
import { FilterSelect } from './filter-select.tsx';
import { instrumentChoices, useInstruments } from './instruments.ts';
import { MarketPage } from './market-page.tsx';
import { useMarketSearch } from './market-search.ts';
import { type PricedLine as Line, type Offer, OfferSteps, type SupplierPrices as Prices } from './offer-steps.tsx';
import { signedPercent } from './price.ts';

/** The opened offers of a request beside each other in one basis, and beside the market. */
export function SupplierPrices() {
  const rfqs = server.useQuery('get', '/api/rfqs', { params: { query: { limit: 200 } } });
  return (
    <MarketPage
      title="Supplier prices"
      summary="What suppliers offered on a request you may see, once it is opened: ranked in one basis and held against the newest figures of the market."
    >
      <QueryView query={rfqs}>
        {({ items }) => {
          const opened = items.filter(({ openedAt }) => openedAt !== null);
          if (opened.length === 0) {
            return (
              <Empty title="No request of yours has opened offers yet">
                Offers are sealed until the deadline. When a request is opened, its prices stand here side by side.
              </Empty>
            );
          }
          return <Chosen choices={opened.map(({ rfqId, title }) => ({ value: rfqId, label: title }))} />;
        }}
      </QueryView>
    </MarketPage>
  );
}

function Chosen({ choices }: { choices: { value: string; label: string }[] }) {
  const { search, set } = useMarketSearch();
  const instruments = useInstruments();
  const rfqId = choices.find(({ value }) => value === search.rfq)?.value ?? choices[0]?.value ?? '';
  const query = { rfqId, ...(search.convertTo ? { convertTo: search.convertTo } : {}) };
  const prices = server.useQuery('get', '/api/market/supplier-prices', { params: { query } });
  const error: unknown = prices.error;
  return (
    <>
      <div className="flex flex-wrap gap-2">
        <FilterSelect wide label="Request" choices={choices} value={rfqId} onChange={(rfq) => set({ rfq })} />
        <FilterSelect
          wide
          label="In the basis of"
          all="In the request’s own basis"
          choices={instrumentChoices(instruments.data ?? []).map(({ value, label }) => ({
            value,
            label: `In the basis of: ${label}`,
          }))}
          value={search.convertTo}
          onChange={(convertTo) => set({ convertTo })}
        />
      </div>
      {error instanceof Problem && error.code === 'MARKETPLACE_RESPONSES_SEALED' ? (
        <Notice tone="blue" title={error.detail}>
          Nobody sees an offer before the request is opened.
        </Notice>
      ) : (
        <QueryView query={prices}>{(data) => <Lines prices={data} />}</QueryView>
      )}
    </>
  );
}

function Lines({ prices }: { prices: Prices }) {
  return (
    <>
      <Facts
        columns={3}
        facts={[
          ['Delivery', `${prices.incoterm} ${prices.place}, ${prices.destinationCountry}`],
          ['Compared', <Instant key="at" at={prices.at} />],
          ['Currency', prices.currency],
        ]}
      />
      {prices.lines.map((line) => (
        <Section
          key={line.lineId}
          title={line.title}
          plain
          actions={
            <span className="text-sm text-muted">
              <Count value={line.quantityKg} unit="kg" />, {line.massBasis}
            </span>
          }
        >
          {line.basis && (
            <p>
              <span className="mr-2 text-xs text-muted">Compared in</span>
              <BasisBadge basis={line.basis} />
            </p>
          )}
          {line.offers.length === 0 ? <Empty title="Nobody offered on this line" /> : <Offers line={line} />}
          <Market line={line} />
        </Section>
      ))}
    </>
  );
}

function Offers({ line }: { line: Line }) {
  const [shown, setShown] = useState<Offer>();
  const markets = line.market;
  return (
    <>
      <TableFrame
        label={`Offers for ${line.title}`}
        heads={[
          { text: 'Rank', align: 'right' },
          { text: 'Supplier' },
          { text: 'As offered', align: 'right' },
          { text: 'Restated', align: 'right' },
          { text: 'Above the lowest', align: 'right' },
          { text: 'As lithium carbonate', align: 'right' },
          ...markets.map(({ instrument }) => ({
            text: markets.length === 1 ? 'Against the market' : `Against ${instrument.code}`,
            align: 'right' as const,
          })),
          { text: 'Steps' },
        ]}
      >
        {line.offers.map((offer) => (
          <tr key={`${offer.offerId} ${offer.responseId}`} className="border-t border-line align-top">
            <td className="figures px-3 py-2 text-right font-semibold">{offer.rank ?? '–'}</td>
            <th scope="row" className="px-3 py-2 text-left font-normal">
              <span className="font-medium">{offer.supplierName ?? 'A supplier'}</span>
              <span className="block text-xs text-muted">
                {offer.incoterm} from {offer.originCountry}, <Count value={offer.quantityKg} unit="kg" />
              </span>
              <span className="mt-1 flex flex-wrap gap-1">
                {!offer.current && <Status>Replaced</Status>}
                {!offer.valid && <Status>Lapsed</Status>}
                {offer.alternate && <Status>Alternative</Status>}
                {!offer.firm && <Status>Indicative</Status>}
              </span>
            </th>
            <td className="px-3 py-2 text-right">
              {offer.basis ? (
                <>
                  <Money amount={offer.price.decimal} currency={offer.basis.currency} />
                  <span className="block text-xs text-muted">per {offer.basis.unit}</span>
                </>
              ) : (
                <Count value={offer.price.decimal} />
              )}
            </td>
            <RestatedCell restated={offer.restated} strong />
            <td className="figures px-3 py-2 text-right">
              {offer.aboveLowest ? signedPercent(offer.aboveLowest.decimal) : '–'}
            </td>
            <RestatedCell restated={offer.carbonateEquivalent} />
            {markets.map(({ instrument, figures }) => {
              const beside = offer.comparisons.find(({ instrumentId }) => instrumentId === instrument.instrumentId);
              return (
                <td key={instrument.instrumentId} className="figures px-3 py-2 text-right">
                  {beside && beside.premiums.length > 0
                    ? beside.premiums.map(({ observationId, sourceId, percent }) => (
                        <span key={observationId} className="block whitespace-nowrap">
                          {signedPercent(percent.decimal)}
                          <span className="ml-1.5 text-xs text-muted">
                            {figures.find((figure) => figure.sourceId === sourceId)?.source.code}
                          </span>
                        </span>
                      ))
                    : '–'}
                </td>
              );
            })}
            <td className="px-3 py-2">
              <Button
                size="sm"
                onClick={() => setShown(offer)}
                aria-label={`Steps of ${offer.supplierName ?? 'offer'}`}
              >
                Show
              </Button>
            </td>
          </tr>
        ))}
      </TableFrame>
      <Dialog
        side
        open={shown !== undefined}
        onClose={() => setShown(undefined)}
        title={shown?.supplierName ?? 'Steps of the offer'}
      >
        {shown && <OfferSteps offer={shown} />}
      </Dialog>
    </>
  );
}

function RestatedCell({ restated, strong = false }: { restated: Offer['restated']; strong?: boolean }) {
  return (
    <td className="px-3 py-2 text-right">
      {restated.price && restated.basis ? (
        <>
          <span className={strong ? 'font-semibold' : ''}>
            <Money amount={restated.price.decimal} currency={restated.basis.currency} />
          </span>
          <span className="block text-xs text-muted">per {restated.basis.unit}</span>
        </>
      ) : (
        <span className="block min-w-32 text-xs text-muted">{restated.notCompared?.detail ?? '–'}</span>
      )}
    </td>
  );
}

/** The figures that offers are held against. */
function Market({ line: { market } }: { line: Line }) {
  if (market.length === 0) {
    return (
      <p className="text-sm text-muted">
        No instrument of the market is stated in this way; choose a basis above to hold the offers against one.
      </p>
    );
  }
  return (
    <ul aria-label="Held against" className="grid gap-2 text-sm">
      {market.map(({ instrument, figures }) => (
        <li key={instrument.instrumentId} className="grid gap-1">
          <Link
            to="/market/$instrumentId"
            params={{ instrumentId: instrument.instrumentId }}
            className="w-fit font-medium text-accent hover:underline"
          >
            {instrument.name}
          </Link>
          {figures.map((figure) => (
            <span key={figure.observationId} className="flex flex-wrap items-center gap-2 text-muted">
              <span className="figures text-ink">
                <Count value={figure.mid} /> {per(instrument)}
              </span>
              {figure.source.name}, <Instant at={figure.validAt} /> <KindBadge kind={figure.kind} />
              {figure.stale && <span className="text-xs font-semibold text-amber">stale</span>}
            </span>
          ))}
        </li>
      ))}
    </ul>
  );
}
