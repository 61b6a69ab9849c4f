import { type Column, DataTable } from '../design/data-table.tsx';
import { Count, Money } from '../design/figures.tsx';
import { Section } from '../design/page.tsx';
import { words } from '../design/status.tsx';
import { formatMoney } from '../money/format.ts';
import { formatShare } from '../products/assay.ts';
import { DeliveryWindow } from './delivery-window.tsx';
import type { Line, Order } from './order-state.ts';

function columnsFor(currency: string): readonly Column<Line>[] {
  return [
    {
      id: 'title',
      header: 'Line',
      cell: (line) => (
        <div className="min-w-52">
          <span className="font-medium">{line.title}</span>
          <span className="block text-xs text-muted">
            {words(line.productType)}, {line.grade} grade
          </span>
          <span className="block text-xs text-muted">
            due <DeliveryWindow from={line.deliverFrom} to={line.deliverTo} />
          </span>
          <Specification line={line} currency={currency} />
        </div>
      ),
    },
    {
      id: 'quantity',
      header: 'Quantity',
      align: 'right',
      cell: ({ quantityKg, basis, shippableKg }) => (
        <>
          <Count value={quantityKg} unit="kg" />
          <span className="block text-xs text-muted">{basis} mass</span>
          {shippableKg > 0 && (
            <span className="block text-xs whitespace-nowrap text-muted">
              <Count value={shippableKg} unit="kg" /> may follow
            </span>
          )}
        </>
      ),
    },
    {
      id: 'price',
      header: 'Per tonne',
      align: 'right',
      cell: ({ pricePerTonne }) => <Money amount={pricePerTonne} currency={currency} />,
    },
    {
      id: 'amount',
      header: 'Amount',
      align: 'right',
      cell: ({ amount }) => <Money amount={amount} currency={currency} />,
    },
  ];
}

/** What a line must contain, and how its price follows what is found. */
function Specification({ line: { limits, adjustments }, currency }: { line: Line; currency: string }) {
  return (
    <>
      {limits.map(({ analyte, min, max }) => (
        <span key={analyte} className="figures block text-xs text-muted">
          {analyte}{' '}
          {[min !== null && `at least ${formatShare(min)}`, max !== null && `at most ${formatShare(max)}`]
            .filter(Boolean)
            .join(', ')}
        </span>
      ))}
      {adjustments.map(({ analyte, referencePpb, stepPpb, perStep }) => (
        <span key={analyte} className="figures block text-xs text-muted">
          {formatMoney(perStep, currency)} a tonne for each whole {formatShare(stepPpb)} of {analyte} above{' '}
          {formatShare(referencePpb)}
        </span>
      ))}
    </>
  );
}

/** What was ordered, with its specification. */
export function OrderLines({ order }: { order: Order }) {
  return (
    <Section title="What was ordered" plain>
      <DataTable
        label="Lines of the order"
        columns={columnsFor(order.currency)}
        rows={order.lines}
        rowKey={({ lineId }) => lineId}
        empty={null}
      />
    </Section>
  );
}
