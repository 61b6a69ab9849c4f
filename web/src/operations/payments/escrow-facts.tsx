import { server } from '../../api/client.ts';
import { Problem } from '../../api/problem.ts';
import { Instant, Money } from '../../design/figures.tsx';
import { Facts } from '../../design/page.tsx';
import { QueryView } from '../../design/query-view.tsx';
import { Status, type Tone } from '../../design/status.tsx';

const states: Record<string, { label: string; tone: Tone }> = {
  open: { label: 'Escrow open', tone: 'blue' },
  released: { label: 'Escrow released', tone: 'green' },
  cancelled: { label: 'Escrow called off', tone: 'red' },
};

/** Where every cent is that an escrow received. */
export function EscrowFacts({ dealId, refetchInterval = false }: { dealId: string; refetchInterval?: number | false }) {
  const escrow = server.useQuery(
    'get',
    '/api/admin/escrows/{dealId}',
    { params: { path: { dealId } } },
    { refetchInterval },
  );
  const problem: unknown = escrow.error;
  if (problem instanceof Problem && problem.code === 'PAYMENTS_ESCROW_NOT_FOUND') {
    return <p className="text-muted">The escrow opens when every agreement is signed and money is called.</p>;
  }
  return (
    <QueryView query={escrow} rows={3}>
      {(data) => {
        const money = (amount: number | string) => <Money amount={amount} currency={data.currency} />;
        const { label, tone } = states[data.status] ?? { label: data.status, tone: 'plain' as const };
        return (
          <div className="grid gap-4">
            <div className="flex flex-wrap gap-2">
              <Status tone={tone}>{label}</Status>
              <Status tone={data.balanced ? 'green' : 'red'}>
                {data.balanced ? 'Every cent is accounted for' : 'The parts do not add up to what was received'}
              </Status>
            </div>
            <Facts
              columns={3}
              facts={[
                ['Received', money(data.received)],
                ['= available in escrow', money(data.available)],
                ['+ held for this deal', money(data.held)],
                ['+ owed to sellers', money(data.payable)],
                ['+ paid out', money(data.paidOut)],
                ['+ to be sent back', money(data.refundable)],
                ['+ sent back', money(data.refunded)],
                ['Opened', <Instant key="opened" at={data.openedAt} />],
                [
                  data.cancelledAt ? 'Called off' : 'Released',
                  <Instant key="ended" at={data.cancelledAt ?? data.releasedAt} />,
                ],
              ]}
            />
          </div>
        );
      }}
    </QueryView>
  );
}
