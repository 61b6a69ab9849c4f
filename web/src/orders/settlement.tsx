import type { ReactNode } from 'react';
import { Count, Money } from '../design/figures.tsx';
import { formatMoney } from '../money/format.ts';
import { formatShare } from '../products/assay.ts';
import type { Delivery, Order } from './order-state.ts';

type SettlementOf = NonNullable<Delivery['settlement']>;

/** How a delivery comes to what it pays, figure by figure, line by line. */
export function Settlement({
  order: { currency, lines },
  delivery,
  settlement,
}: {
  order: Order;
  delivery: Delivery;
  settlement: SettlementOf;
}) {
  const isCapped = Number(settlement.payable) !== Number(settlement.total);
  return (
    <div className="grid gap-3">
      <h3 className="font-semibold">
        {settlement.of === 'inspected' ? 'What it pays, as inspected' : 'What it pays, as shipped'}
      </h3>
      {settlement.terms.map((term) => {
        const line = lines.find(({ lineId }) => lineId === term.lineId);
        const found = delivery.inspection?.find(({ lineId }) => lineId === term.lineId);
        return (
          <div key={term.lineId} className="grid gap-2">
            <dl className="figures grid max-w-xl gap-1">
              {lines.length > 1 && <dt className="font-medium">{line?.title}</dt>}
              <Row name="Mass as it came">
                <Count value={term.wetKg} unit="kg" />
              </Row>
              {term.moisturePpb > 0 && <Row name="Moisture">{formatShare(term.moisturePpb)}</Row>}
              {line?.basis === 'dry' && (
                <Row name="Dry mass">
                  <Count value={term.dryKg} unit="kg" />
                </Row>
              )}
              <Row name="Mass that is paid">
                <Count value={term.payableKg} unit="kg" />
              </Row>
              {term.adjustments.map(({ analyte, foundPpb, steps, perTonne }) => (
                <Row
                  key={analyte}
                  name={
                    foundPpb === null
                      ? `${analyte} was not measured: no adjustment`
                      : `${analyte} ${formatShare(foundPpb)}: ${steps} whole steps`
                  }
                >
                  {formatMoney(perTonne, currency)} a tonne
                </Row>
              ))}
              <Row name="Price per tonne">
                <Money amount={term.pricePerTonne} currency={currency} />
              </Row>
              <Row name="Amount" isSum>
                <Money amount={term.amount} currency={currency} />
              </Row>
            </dl>
            {found && found.assay.length > 0 && (
              <p className="text-sm text-muted">
                Found: {found.assay.map(({ analyte, value }) => `${analyte} ${formatShare(value)}`).join(', ')}
              </p>
            )}
            {term.brokenLimits.map(({ analyte, min, max }) => (
              <p key={analyte} className="text-sm font-medium text-red">
                Outside the specification or not measured: {analyte}
                {min !== null && ` at least ${formatShare(min)}`}
                {max !== null && ` at most ${formatShare(max)}`}
              </p>
            ))}
          </div>
        );
      })}
      {(settlement.terms.length > 1 || isCapped) && (
        <dl className="figures grid max-w-xl gap-1">
          <Row name="Together" isSum>
            <Money amount={settlement.total} currency={currency} />
          </Row>
          {isCapped && (
            <Row name="Paid, as far as escrow holds money for it">
              <Money amount={settlement.payable} currency={currency} />
            </Row>
          )}
        </dl>
      )}
    </div>
  );
}

function Row({ name, isSum = false, children }: { name: string; isSum?: boolean; children: ReactNode }) {
  return (
    <div className={`flex justify-between gap-6 ${isSum ? 'border-t border-line-strong pt-1 font-semibold' : ''}`}>
      <dt>{name}</dt>
      <dd className="text-right">{children}</dd>
    </div>
  );
}
