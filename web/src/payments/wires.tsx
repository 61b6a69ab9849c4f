import { Instant, Money } from '../design/figures.tsx';
import { Scrolled } from '../design/scrolled.tsx';
import { Status, type Tone } from '../design/status.tsx';
import type { Payment } from './payment-words.ts';

type Match = Payment['wires'][number]['match'];

const matches: Record<Match, { label: string; tone: Tone }> = {
  short: { label: 'Less than was due', tone: 'amber' },
  exact: { label: 'Exact', tone: 'green' },
  over: { label: 'More than was due', tone: 'blue' },
  duplicate: { label: 'Nothing was due', tone: 'blue' },
  sent: { label: 'Sent', tone: 'green' },
};

/** The wires a payment is made of, each as the bank told it. */
export function Wires({ payment: { wires, currency, type } }: { payment: Payment }) {
  return (
    <Scrolled label="Wires">
      <table className="w-full border-collapse text-sm">
        <thead className="bg-sunken text-left text-xs text-muted">
          <tr>
            <th className="px-3 py-2 font-medium">Bank reference</th>
            <th className="px-3 py-2 font-medium">{type === 'incoming' ? 'Arrived' : 'Left'}</th>
            <th className="px-3 py-2 font-medium">Against what was due</th>
            <th className="px-3 py-2 text-right font-medium">Amount</th>
            {type === 'incoming' && <th className="px-3 py-2 text-right font-medium">Sent back of it</th>}
          </tr>
        </thead>
        <tbody>
          {wires.map((wire) => (
            <tr key={wire.wireReference} className="border-t border-line">
              <td className="figures px-3 py-2">{wire.wireReference}</td>
              <td className="px-3 py-2">
                <Instant at={wire.receivedAt} />
              </td>
              <td className="px-3 py-2">
                <Status tone={matches[wire.match].tone}>{matches[wire.match].label}</Status>
              </td>
              <td className="px-3 py-2 text-right">
                <Money amount={wire.amount} currency={currency} />
              </td>
              {type === 'incoming' && (
                <td className="px-3 py-2 text-right">
                  <Money amount={wire.surplusAmount} currency={currency} />
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolled>
  );
}
