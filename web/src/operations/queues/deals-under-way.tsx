import { useQueries } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { server } from '../../api/client.ts';
import { Refusal } from '../../design/fields.tsx';
import { Empty, Skeleton } from '../../design/query-view.tsx';
import { Scrolled } from '../../design/scrolled.tsx';
import { Status } from '../../design/status.tsx';
import { formatMoney } from '../../money/format.ts';
import { dealState } from '../../shares/standing-words.ts';
import { nextStepOf, type Overview } from '../deals/deal-course.ts';

const underWay = ['draft', 'open', 'allocated', 'locked', 'settled'];
const rank = { you: 0, others: 1, platform: 2, nobody: 3 };
const polled = { refetchInterval: 10_000 };

/** Every deal that is not over, with what it waits for; those that wait for an operator first. */
export function DealsUnderWay() {
  const deals = server.useQuery('get', '/api/admin/deals', { params: { query: { limit: 50 } } }, polled);
  const running = deals.data?.items.filter(({ status }) => underWay.includes(status)) ?? [];
  const overviews = useQueries({
    queries: running.map(({ dealId }) =>
      server.queryOptions('get', '/api/admin/deals/{id}', { params: { path: { id: dealId } } }, polled),
    ),
  });
  if (deals.error) return <Refusal problem={deals.error} />;
  if (deals.isPending) return <Skeleton rows={3} />;
  if (running.length === 0) return <Empty title="No deal is under way">Draft one under Deals.</Empty>;
  const steps = overviews
    .flatMap(({ data }) => (data ? [{ deal: data, step: nextStepOf(data) }] : []))
    .toSorted((a, b) => rank[a.step.on] - rank[b.step.on]);
  return (
    <Scrolled label="Deals under way">
      <table className="w-full border-collapse text-sm">
        <thead className="bg-sunken text-left text-xs text-muted">
          <tr>
            {['Deal', 'State', 'Next'].map((heading) => (
              <th key={heading} scope="col" className="px-4 py-2 font-medium">
                {heading}
              </th>
            ))}
            <th scope="col" className="px-4 py-2 text-right font-medium">
              Committed
            </th>
          </tr>
        </thead>
        <tbody>
          {steps.map(({ deal, step }) => (
            <tr key={deal.dealId} data-row className="border-t border-line hover:bg-sunken">
              <DealCells deal={deal} />
              <td className="min-w-56 px-4 py-2.5">
                <span className={step.on === 'you' ? 'font-semibold text-amber' : ''}>{step.title}</span>
                <span className="block max-w-md text-xs text-muted">{step.detail}</span>
                {deal.incidents.map(({ kind, detail, at }) => (
                  <span key={`${kind}${at}`} className="block max-w-md text-xs font-medium text-red">
                    {detail}
                  </span>
                ))}
              </td>
              <td className="figures px-4 py-2.5 text-right whitespace-nowrap">
                {formatMoney(deal.totals.amountCommitted, deal.currency)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolled>
  );
}

function DealCells({ deal: { dealId, name, companyName, status } }: { deal: Overview }) {
  const { label, tone } = dealState(status);
  return (
    <>
      <td className="min-w-44 px-4 py-2.5">
        <Link to="/admin/deals/$dealId" params={{ dealId }} className="font-medium text-accent hover:underline">
          {name}
        </Link>
        <span className="block text-xs text-muted">{companyName}</span>
      </td>
      <td className="px-4 py-2.5">
        <Status tone={tone}>{label}</Status>
      </td>
    </>
  );
}
