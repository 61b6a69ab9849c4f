import { Link } from '@tanstack/react-router';
import { server } from '../api/client.ts';
import { Status } from '../design/status.tsx';
import { hasEnded, partState } from '../shares/standing-words.ts';

interface Part {
  participationId?: string;
  commitmentId?: string;
  dealId: string;
  status: string;
  nextSteps: string;
  submittedAt: string;
}

/** My parts in deals, the newest first, each with its state and what comes next. */
export function Parts({ parts, empty }: { parts: readonly Part[]; empty: string }) {
  if (parts.length === 0) return <p className="text-muted">{empty}</p>;
  return (
    <ul className="divide-y divide-line rounded-md border border-line bg-surface">
      {parts
        .toSorted((a, b) => b.submittedAt.localeCompare(a.submittedAt))
        .map((part) => (
          <OnePart key={part.participationId ?? part.commitmentId} part={part} />
        ))}
    </ul>
  );
}

function OnePart({ part: { dealId, status, nextSteps } }: { part: Part }) {
  const deal = server.useQuery('get', '/api/deals/{id}', { params: { path: { id: dealId } } });
  const { label, tone } = partState(status);
  return (
    <li data-row className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 px-4 py-2.5">
      <div className="min-w-0">
        <Link to="/deals/$dealId/status" params={{ dealId }} className="font-medium text-accent hover:underline">
          {deal.data ? deal.data.name : 'A deal'}
        </Link>
        {!hasEnded(status) && <p className="text-sm text-muted">{nextSteps}</p>}
      </div>
      <Status tone={tone}>{label}</Status>
    </li>
  );
}
