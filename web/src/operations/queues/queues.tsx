import { Link } from '@tanstack/react-router';
import { Refusal } from '../../design/fields.tsx';
import { Empty, Skeleton } from '../../design/query-view.tsx';
import { Scrolled } from '../../design/scrolled.tsx';
import { formatCount } from '../../money/format.ts';
import { Since } from '../since.tsx';
import { useQueues } from './use-queues.ts';

/** What waits for an operator, where somebody waits longest first. */
export function Queues() {
  const { queues, isLoading, problem } = useQueues();
  if (isLoading && queues.length === 0) return <Skeleton rows={5} />;
  return (
    <div className="grid gap-3">
      {problem ? <Refusal problem={problem} /> : null}
      {queues.length === 0 && !problem ? (
        <Empty title="Nothing waits for you">Reviews, disputes, wires and figures to decide appear here.</Empty>
      ) : (
        <Scrolled label="Waits for you">
          <table className="w-full border-collapse">
            <thead className="bg-sunken text-left text-xs text-muted">
              <tr>
                <th scope="col" className="px-4 py-2 font-medium">
                  Queue
                </th>
                <th scope="col" className="px-4 py-2 text-right font-medium">
                  Waiting
                </th>
                <th scope="col" className="px-4 py-2 font-medium">
                  The oldest since
                </th>
              </tr>
            </thead>
            <tbody>
              {queues.map(({ label, link, count, more, oldest }) => (
                <tr key={label} data-row className="border-t border-line hover:bg-sunken">
                  <td className="px-4 py-2.5">
                    <Link {...link} className="font-medium text-accent hover:underline">
                      {label}
                    </Link>
                  </td>
                  <td className="figures px-4 py-2.5 text-right text-lg font-semibold">
                    {formatCount(count)}
                    {more ? ' and more' : ''}
                  </td>
                  <td className="px-4 py-2.5 text-sm">
                    <Since at={oldest} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scrolled>
      )}
    </div>
  );
}
