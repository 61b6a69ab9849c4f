import { server } from '../../api/client.ts';
import { oldestFirst, type Queue, queueOf } from './queue.ts';

const polled = { refetchInterval: 10_000 };
const limit = 100;

interface Page<Row> {
  items: readonly Row[];
  nextCursor: string | null;
}

/** The times of those of a page that wait. */
function waiting<Row>(page: Page<Row> | undefined, timeOf: (row: Row) => string | null) {
  return page && { times: page.items.flatMap((row) => timeOf(row) ?? []), more: page.nextCursor !== null };
}

/** Everything that waits for a decision or a wire of an operator, and what is not known yet or could not be asked. */
export function useQueues(): { queues: Queue[]; isLoading: boolean; problem: unknown } {
  const query = <Status extends string>(status: Status) => ({ params: { query: { status, limit } } });
  const holdings = server.useQuery('get', '/api/admin/holdings', query('pending'), polled);
  const accreditations = server.useQuery('get', '/api/admin/accreditations', query('submitted'), polled);
  const suppliers = server.useQuery('get', '/api/admin/suppliers', query('submitted'), polled);
  const disputes = server.useQuery('get', '/api/admin/disputes', query('open'), polled);
  const kept = server.useQuery('get', '/api/admin/market/quarantine', query('pending'), polled);
  const entries = server.useQuery('get', '/api/admin/market/entries', query('proposed'), polled);
  const outgoing = { params: { query: { type: 'outgoing', status: 'pending', limit } } } as const;
  const payouts = server.useQuery('get', '/api/admin/payments', outgoing, polled);
  const all = [holdings, accreditations, suppliers, disputes, kept, entries, payouts];
  return {
    isLoading: all.some(({ isPending }) => isPending),
    problem: all.find(({ error }) => error)?.error,
    queues: oldestFirst([
      queueOf(
        'Holdings to review',
        { to: '/admin/holdings' },
        waiting(holdings.data, (each) => each.createdAt),
      ),
      queueOf(
        'Accreditations to review',
        { to: '/admin/accreditations' },
        waiting(accreditations.data, (each) => each.submittedAt),
      ),
      queueOf(
        'Suppliers to verify',
        { to: '/admin/suppliers' },
        waiting(suppliers.data, (each) => each.submittedAt ?? each.createdAt),
      ),
      queueOf(
        'Disputes to decide',
        { to: '/admin/orders' },
        waiting(disputes.data, (each) => each.openedAt),
      ),
      queueOf(
        'Wires to send at the bank',
        { to: '/admin/payments', search: { type: 'outgoing', status: 'pending' } },
        waiting(payouts.data, (each) => each.createdAt),
      ),
      queueOf(
        'Figures kept back',
        { to: '/admin/market' },
        waiting(kept.data, (each) => each.keptAt),
      ),
      queueOf(
        'Figures that operators entered',
        { to: '/admin/market', search: { view: 'entries', status: 'proposed' } },
        waiting(entries.data, (each) => each.enteredAt),
      ),
    ]),
  };
}
