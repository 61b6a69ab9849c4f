import { type ReactNode, useState } from 'react';
import { server } from '../api/client.ts';
import type { Answer } from '../api/shapes.ts';
import { Button } from '../design/button.tsx';
import { type Column, DataTable } from '../design/data-table.tsx';
import { Count, Instant, Money } from '../design/figures.tsx';
import { Section } from '../design/page.tsx';
import { Empty, QueryView } from '../design/query-view.tsx';
import { formatCount } from '../money/format.ts';
import { countryName } from '../places/countries.ts';
import { costTermWords, exclusionWords, termsShown } from './comparison-words.ts';
import { type Evaluation, pollMs, type RankedOffer, type Rfq } from './rfq.ts';
import { WhyRanked } from './why-ranked.tsx';

type Line = Evaluation['lines'][number];
export type Response = Answer<'/api/rfqs/{id}/responses'>[number];

/** The opened offers of every line by landed cost and quality, with the reckoning behind each figure. */
export function Comparison({ rfq }: { rfq: Rfq }) {
  const params = { params: { path: { id: rfq.rfqId } } };
  const evaluation = server.useQuery('get', '/api/rfqs/{id}/evaluation', params, {
    refetchInterval: pollMs(rfq, Date.now()),
  });
  const responses = server.useQuery('get', '/api/rfqs/{id}/responses', params);
  return (
    <Section title="Comparison of offers" plain>
      <QueryView query={evaluation} rows={6}>
        {({ lines, excluded, currency, at }) => (
          <div className="grid gap-6">
            <p className="max-w-prose text-sm text-muted">
              All figures are {currency} per tonne, ranked as of <Instant at={at} />. Landed cost ÷ quality is what
              offers are ranked by. Figures are rounded for display and added exactly.
            </p>
            {lines.map((line) => (
              <LineOffers key={line.lineId} line={line} currency={currency} responses={responses.data ?? []} />
            ))}
            {excluded.length > 0 && <Excluded excluded={excluded} lines={lines} />}
          </div>
        )}
      </QueryView>
    </Section>
  );
}

function LineOffers({ line, currency, responses }: { line: Line; currency: string; responses: readonly Response[] }) {
  const [shown, setShown] = useState<RankedOffer>();
  const best = line.offers[0];
  const columns = columnsOf(line, currency, setShown);
  return (
    <div className="grid gap-2">
      <h3 className="font-semibold">
        {line.title}{' '}
        <span className="font-normal text-muted">
          <Count value={line.quantityKg} unit="kg" />, {line.basis}
        </span>
      </h3>
      <DataTable
        label={`Offers for ${line.title}`}
        columns={columns}
        rows={line.offers}
        rowKey={offerKey}
        empty={<Empty title="No offer for this line can be awarded">See below why offers were not ranked.</Empty>}
      />
      {line.alternates.length > 0 && (
        <>
          <h4 className="text-sm font-semibold">Alternates: something else than asked for, ranked among themselves</h4>
          <DataTable
            label={`Alternates for ${line.title}`}
            columns={columns}
            rows={line.alternates}
            rowKey={offerKey}
            empty={null}
          />
        </>
      )}
      {shown && (
        <WhyRanked
          offer={shown}
          best={line.offers.includes(shown) ? best : line.alternates[0]}
          line={line}
          currency={currency}
          response={responses.find(({ responseId }) => responseId === shown.responseId)}
          onClose={() => setShown(undefined)}
        />
      )}
    </div>
  );
}

const offerKey = ({ responseId, offerId }: RankedOffer) => `${responseId} ${offerId}`;

function columnsOf(line: Line, currency: string, onWhy: (offer: RankedOffer) => void): readonly Column<RankedOffer>[] {
  const figure = (content: ReactNode, isDeciding = false) =>
    isDeciding ? <strong className="font-semibold">{content}</strong> : content;
  return [
    { id: 'rank', header: 'Rank', align: 'right', cell: ({ rank }) => figure(rank, true) },
    {
      id: 'supplier',
      header: 'Supplier',
      cell: (offer) => (
        <div className="min-w-40">
          <span className="font-medium">{offer.supplierName ?? 'Supplier'}</span>
          <span className="block text-xs text-muted">
            {offer.incoterm}, {countryName(offer.originCountry)}, {offer.leadDays} days
          </span>
          <span className="block text-xs text-muted">
            {formatCount(offer.minKg)} to {formatCount(offer.quantityKg)} kg{offer.partial && ', a part of the line'}
          </span>
        </div>
      ),
    },
    ...termsShown([...line.offers, ...line.alternates]).map(
      (name): Column<RankedOffer> => ({
        id: name,
        header: costTermWords[name].label,
        align: 'right',
        cell: ({ terms }) => <Bare amount={terms.find((term) => term.name === name)?.amount} currency={currency} />,
      }),
    ),
    {
      id: 'landed',
      header: 'Landed cost',
      align: 'right',
      cell: ({ landedCost }) => figure(<Bare amount={landedCost} currency={currency} />, true),
    },
    { id: 'quality', header: '÷ Quality', align: 'right', cell: ({ coefficient }) => coefficient },
    {
      id: 'compared',
      header: 'Compared at',
      align: 'right',
      cell: ({ comparisonCost }) => figure(<Bare amount={comparisonCost} currency={currency} />, true),
    },
    {
      id: 'why',
      header: 'Reckoning',
      cell: (offer) => (
        <Button
          size="sm"
          variant="quiet"
          onClick={() => onWhy(offer)}
          aria-label={`Why ${offer.supplierName} ranks ${offer.rank}`}
        >
          Why
        </Button>
      ),
    },
  ];
}

/** An amount in a column that says its currency once, above. */
function Bare({ amount, currency }: { amount: number | string | undefined; currency: string }) {
  if (amount !== undefined && Number(amount) === 0) return <span className="text-muted">0</span>;
  return <Money amount={amount} currency={currency} />;
}

function Excluded({ excluded, lines }: { excluded: Evaluation['excluded']; lines: readonly Line[] }) {
  return (
    <div className="grid gap-2">
      <h3 className="font-semibold">Not ranked</h3>
      <ul className="grid gap-2">
        {excluded.map(({ responseId, offerId, supplierName, lineId, reasons }) => (
          <li key={`${responseId} ${offerId}`} className="rounded-md border border-line px-3 py-2">
            <span className="font-medium">{supplierName ?? 'Supplier'}</span>,{' '}
            {lines.find((line) => line.lineId === lineId)?.title ?? lineId}
            <ul className="text-sm text-muted">
              {reasons.map((reason) => (
                <li key={reason.gate}>{exclusionWords(reason)}</li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </div>
  );
}
