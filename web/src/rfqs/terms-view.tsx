import type { ReactNode } from 'react';
import { type Column, DataTable } from '../design/data-table.tsx';
import { Count, Instant } from '../design/figures.tsx';
import { Facts } from '../design/page.tsx';
import { words } from '../design/status.tsx';
import { formatCount, formatMoney } from '../money/format.ts';
import { DeliveryWindow } from '../orders/delivery-window.tsx';
import { countryName } from '../places/countries.ts';
import { basisMeaning, incotermMeanings } from '../products/commodity.ts';
import { tonnesOf } from './mass.ts';
import type { Line, Terms } from './rfq.ts';
import { percentOf } from './share.ts';
import { adjustmentWords, limitWords, originWords } from './terms-words.ts';

const lineColumns: readonly Column<Line>[] = [
  {
    id: 'line',
    header: 'Line',
    cell: ({ title, productType, grade, packaging, lot }) => (
      <div className="min-w-48">
        <span className="font-medium">{title}</span>
        <span className="block text-xs text-muted">
          {words(productType)}, {grade} grade
          {packaging && ` · ${packaging}`}
          {lot && ` · lot ${lot}`}
        </span>
      </div>
    ),
  },
  {
    id: 'quantity',
    header: 'Quantity',
    align: 'right',
    cell: ({ quantityKg, basis = 'dry' }) => (
      <>
        <Count value={quantityKg} unit="kg" />
        <span className="block text-xs whitespace-nowrap text-muted" title={basisMeaning[basis]}>
          {formatCount(tonnesOf(quantityKg))} t, {basis}
        </span>
      </>
    ),
  },
  {
    id: 'delivery',
    header: 'Delivery',
    cell: ({ deliverFrom, deliverTo }) => (
      <div className="min-w-36">
        <DeliveryWindow from={deliverFrom} to={deliverTo} />
      </div>
    ),
  },
  {
    id: 'limits',
    header: 'Limits of the assay',
    cell: ({ limits = [] }) =>
      limits.length === 0 ? (
        <span className="text-muted">None</span>
      ) : (
        <ul>
          {limits.map((limit) => (
            <li key={limit.analyte} className="figures whitespace-nowrap">
              {limitWords(limit)}
            </li>
          ))}
        </ul>
      ),
  },
];

/** The lines that are asked for. */
export function LinesTable({ lines }: { lines: readonly Line[] }) {
  return (
    <DataTable
      label="Lines"
      columns={lineColumns}
      rows={lines}
      rowKey={({ lineId }) => lineId}
      empty={<p className="text-muted">No line.</p>}
    />
  );
}

/** Where, when and under what rules; then how offers are compared. */
export function TermsFacts({ terms, currency }: { terms: Terms; currency: string }) {
  const { incoterm, place, destinationCountry, acceptedIncoterms = [], requiredCertificates = [] } = terms;
  const { standstillHours = 48, quantityTolerancePpm = 0, inspectionDays = 14, notes } = terms;
  return (
    <div className="grid gap-5">
      <Facts
        columns={3}
        facts={[
          ['Delivered', `${incoterm} ${place}, ${countryName(destinationCountry)}`],
          ['Incoterm', incotermMeanings[incoterm]],
          ['Other Incoterms accepted', acceptedIncoterms.join(', ') || 'None'],
          ['Questions until', <Instant key="q" at={terms.questionsUntil} />],
          ['Responses until', <Instant key="d" at={terms.deadlineAt} />],
          ['Decision by', <Instant key="b" at={terms.decideBy} />],
          ['Standstill after the award', `${formatCount(standstillHours)} hours`],
          ['Tolerance of the quantity', quantityTolerancePpm ? `± ${percentOf(quantityTolerancePpm)} %` : 'None'],
          ['Inspection', `${inspectionDays} days from each delivery`],
          ['Required certificates', requiredCertificates.join(', ') || 'None'],
          ['Prices in', currency],
        ]}
      />
      {notes && <p className="max-w-prose whitespace-pre-line">{notes}</p>}
    </div>
  );
}

/** What a buyer adds to prices and takes off for quality before it compares them: said to all beforehand. */
export function EvaluationRules({ terms, currency }: { terms: Terms; currency: string }) {
  const { criteria = [], otherCosts = [] } = terms;
  const costModel: Partial<NonNullable<Terms['costModel']>> = terms.costModel ?? {};
  const { freight = [], duty = [], insurancePpm = 0, financePpmPerYear = 0, normalise = true } = costModel;
  const rules: [string, ReactNode][] = [];
  if (freight.length > 0) {
    const each = freight.map(
      ({ origin, perTonne }) => `${originWords(origin)} ${formatMoney(perTonne, currency)} a tonne`,
    );
    rules.push(['Freight the buyer pays', each.join('; ')]);
  }
  if (insurancePpm > 0) rules.push(['Insurance', `${percentOf(insurancePpm)} % of price and freight`]);
  if (duty.length > 0) {
    const each = duty.map(({ origin, ratePpm }) => `${originWords(origin)} ${percentOf(ratePpm)} %`);
    rules.push(['Duty', each.join('; ')]);
  }
  if (financePpmPerYear > 0) {
    rules.push(['Money in escrow', `${percentOf(financePpmPerYear)} % a year for the days until delivery`]);
  }
  if (otherCosts.length > 0) rules.push(['Life-cycle costs stated', otherCosts.map(({ title }) => title).join('; ')]);
  for (const { title, adjustments = [] } of terms.lines) {
    if (adjustments.length === 0) continue;
    const each = adjustments.map((adjustment) => `${currency}, ${adjustmentWords(adjustment)}`).join('; ');
    rules.push([`Grade, ${title}`, normalise ? `${each}. Compared at the reference.` : each]);
  }
  for (const { criterionId, title, options } of criteria) {
    rules.push([
      title,
      <ul key={criterionId}>
        {options.map(({ value, title: option, sharePpm }) => (
          <li key={value}>
            {option || value}: {sharePpm === 0 ? 'no advantage' : `worth ${percentOf(sharePpm)} % of the price`}
          </li>
        ))}
      </ul>,
    ]);
  }
  return (
    <div className="grid gap-4">
      <p className="max-w-prose text-muted">
        Offers are ranked by landed cost per tonne divided by their quality, exactly. What counts was fixed before the
        first response; only the costs below are added, and only where the Incoterm of an offer leaves them to the
        buyer.
      </p>
      {rules.length === 0 ? <p>Nothing is added: the lowest price ranks first.</p> : <Facts facts={rules} />}
    </div>
  );
}
