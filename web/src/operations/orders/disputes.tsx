import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { server } from '../../api/client.ts';
import type { Answer } from '../../api/shapes.ts';
import { Dialog } from '../../design/dialog.tsx';
import { Money } from '../../design/figures.tsx';
import { Section } from '../../design/page.tsx';
import { QueryView } from '../../design/query-view.tsx';
import { Scrolled } from '../../design/scrolled.tsx';
import { words } from '../../design/status.tsx';
import { Since } from '../since.tsx';
import { DecideDispute } from './decide-dispute.tsx';

export type AdminDispute = Answer<'/api/admin/disputes'>['items'][number];

/** Disputes that are open, the oldest first; whoever is not agreed waits for a decision. */
export function Disputes() {
  const { dispute: chosen } = useSearch({ from: '/_app/admin/orders' });
  const navigate = useNavigate();
  const disputes = server.useQuery(
    'get',
    '/api/admin/disputes',
    { params: { query: { status: 'open', limit: 100 } } },
    { refetchInterval: 10_000 },
  );
  const close = () => void navigate({ to: '/admin/orders', search: (before) => ({ ...before, dispute: undefined }) });
  return (
    <Section title="Disputes to decide" plain>
      <QueryView query={disputes} rows={2}>
        {({ items }) => {
          const open = items.find(({ disputeId }) => disputeId === chosen);
          return (
            <>
              {items.length === 0 ? (
                <p className="text-muted">No dispute is open.</p>
              ) : (
                <DisputeTable disputes={items.toReversed()} />
              )}
              {open && (
                <Dialog open onClose={close} title={`Dispute of the ${open.openedBy}`} side>
                  <DecideDispute dispute={open} onDone={close} />
                </Dialog>
              )}
            </>
          );
        }}
      </QueryView>
    </Section>
  );
}

function DisputeTable({ disputes }: { disputes: readonly AdminDispute[] }) {
  return (
    <Scrolled label="Disputes to decide">
      <table className="w-full border-collapse text-sm">
        <thead className="bg-sunken text-left text-xs text-muted">
          <tr>
            {['What it is about', 'Opened by', 'Since'].map((heading) => (
              <th key={heading} scope="col" className="px-3 py-2 font-medium">
                {heading}
              </th>
            ))}
            <th scope="col" className="px-3 py-2 text-right font-medium">
              Proposed to release
            </th>
          </tr>
        </thead>
        <tbody>
          {disputes.map((each) => (
            <tr key={each.disputeId} data-row className="border-t border-line">
              <td className="px-3 py-2">
                <Link
                  to="/admin/orders"
                  search={(before) => ({ ...before, dispute: each.disputeId })}
                  className="line-clamp-2 max-w-md font-medium text-accent hover:underline"
                >
                  {each.reason}
                </Link>
              </td>
              <td className="px-3 py-2">{words(each.openedBy)}</td>
              <td className="px-3 py-2">
                <Since at={each.openedAt} />
              </td>
              <td className="px-3 py-2 text-right">
                <Money amount={each.proposedRelease} currency={each.currency} />
                {each.proposedBy && <span className="block text-xs text-muted">by the {each.proposedBy}</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolled>
  );
}
