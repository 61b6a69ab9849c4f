import { server } from '../api/client.ts';
import { Instant, Money } from '../design/figures.tsx';
import { Section } from '../design/page.tsx';
import { QueryView } from '../design/query-view.tsx';
import { WireInstructions } from '../payments/wire-instructions.tsx';
import type { Order } from './order-state.ts';

const pollMs = 5_000;

/** Where a buyer wires the escrow amount of an order, what has come of it and what is still due. */
export function EscrowFunding({ order }: { order: Order }) {
  const payments = server.useQuery('get', '/api/payments/my', {}, { refetchInterval: pollMs });
  return (
    <Section title="Fund the escrow">
      <QueryView query={payments}>
        {(mine) => {
          const due = mine.find(({ dealId, purpose }) => dealId === order.orderId && purpose === 'funding');
          if (!due) {
            return <p role="status">The payment instructions are being made. They appear here in a moment.</p>;
          }
          return (
            <div className="grid gap-4">
              <p className="max-w-prose">
                Wire{' '}
                <strong className="font-semibold">
                  <Money amount={due.remainingAmount} currency={due.currency} />
                </strong>{' '}
                to the escrow account. It stays there until you accept what was delivered; if the order is called off,
                all of it goes back to you.
              </p>
              {due.wires.length > 0 && (
                <ul className="grid gap-1 text-sm">
                  {due.wires.map(({ wireReference, amount, receivedAt }) => (
                    <li key={wireReference}>
                      <Money amount={amount} currency={due.currency} /> came <Instant at={receivedAt} /> (
                      {wireReference})
                    </li>
                  ))}
                </ul>
              )}
              <WireInstructions payment={due} />
            </div>
          );
        }}
      </QueryView>
    </Section>
  );
}
