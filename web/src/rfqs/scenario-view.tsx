import { type Column, DataTable } from '../design/data-table.tsx';
import { Count, Money } from '../design/figures.tsx';
import { Facts } from '../design/page.tsx';
import type { Evaluation } from './rfq.ts';
import { constraintWords, type Scenario } from './scenario.ts';

type Item = Pick<
  Scenario['items'][number],
  'responseId' | 'offerId' | 'supplierId' | 'lineId' | 'incoterm' | 'price'
> & {
  quantityKg: number;
  amount: number | string;
};

/** What goes to whom: the rows add up to the total below. */
export function SplitTable({
  items,
  currency,
  titleOf,
  nameOf,
  total,
}: {
  items: readonly Item[];
  currency: string;
  titleOf(lineId: string): string;
  nameOf(supplierId: string): string;
  total: number | string;
}) {
  const columns: readonly Column<Item>[] = [
    { id: 'line', header: 'Line', cell: ({ lineId }) => titleOf(lineId) },
    { id: 'supplier', header: 'Supplier', cell: ({ supplierId }) => nameOf(supplierId) },
    { id: 'incoterm', header: 'Incoterm', cell: ({ incoterm }) => incoterm, wideOnly: true },
    {
      id: 'quantity',
      header: 'Quantity',
      align: 'right',
      cell: ({ quantityKg }) => <Count value={quantityKg} unit="kg" />,
    },
    {
      id: 'price',
      header: 'Per tonne',
      align: 'right',
      cell: ({ price }) => <Money amount={price} currency={currency} />,
    },
    {
      id: 'amount',
      header: 'Comes to',
      align: 'right',
      cell: ({ amount }) => <Money amount={amount} currency={currency} />,
    },
  ];
  return (
    <DataTable
      label="The split"
      columns={columns}
      rows={items}
      rowKey={({ responseId, offerId }) => `${responseId} ${offerId}`}
      empty={<p className="text-muted">Nothing is awarded.</p>}
      footer={
        <p className="text-right">
          In all{' '}
          <strong className="text-lg font-semibold">
            <Money amount={total} currency={currency} />
          </strong>
        </p>
      }
    />
  );
}

/** A split that was worked out, and what each limit costs. */
export function ScenarioView({
  scenario,
  evaluation,
  nameOf,
}: {
  scenario: Scenario;
  evaluation: Evaluation;
  nameOf(supplierId: string): string;
}) {
  const { items, currency, amount, comparisonCost, constraints } = scenario;
  const titleOf = (lineId: string) => evaluation.lines.find((line) => line.lineId === lineId)?.title ?? lineId;
  return (
    <div className="grid gap-4">
      <h3 className="font-semibold">The best split</h3>
      <SplitTable items={items} currency={currency} titleOf={titleOf} nameOf={nameOf} total={amount} />
      <Facts
        facts={[
          ['Compared cost of the whole', <Money key="compared" amount={comparisonCost} currency={currency} />],
          ...constraints.map(
            ({ constraint, saves }) =>
              [
                constraintWords(constraint, nameOf),
                saves === null ? (
                  'What it costs could not be proven in time.'
                ) : Number(saves) === 0 ? (
                  'Costs nothing: the split is the same without it.'
                ) : (
                  <>
                    Costs <Money amount={saves} currency={currency} /> in compared cost.
                  </>
                ),
              ] as const,
          ),
        ]}
      />
    </div>
  );
}
