import { server } from '../api/client.ts';
import { Section } from '../design/page.tsx';
import { PaymentRows } from '../payments/payment-rows.tsx';
import type { Order } from './order-state.ts';

const pollMs = 10_000;

/** My own payments for an order: what I wired, what came back, what was paid out to me. */
export function OrderPayments({ order }: { order: Order }) {
  const { data } = server.useQuery('get', '/api/payments/my', {}, { refetchInterval: pollMs });
  const mine = data?.filter(({ dealId }) => dealId === order.orderId) ?? [];
  if (mine.length === 0) return null;
  return (
    <Section title="Your payments" plain>
      <PaymentRows payments={mine} empty="" />
    </Section>
  );
}
