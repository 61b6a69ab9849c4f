import { Link } from '@tanstack/react-router';
import { server } from '../api/client.ts';
import { Instant } from '../design/figures.tsx';
import { SummaryText } from './summary-text.tsx';

/** The newest daily summary in short, with the way to its sources; nothing while there is none. */
export function LatestSummary() {
  const { data } = server.useQuery('get', '/api/market/summaries/latest', {
    params: { query: { locale: 'en' } },
  });
  if (data?.status !== 'published') return null;
  return (
    <section aria-label="Daily summary" className="rounded-md border border-line bg-surface p-4">
      <p className="mb-1 flex flex-wrap items-baseline gap-x-2 text-xs text-muted">
        <span className="font-semibold text-ink">Daily summary</span>
        <Instant at={data.day} dateOnly />
        <Link to="/market/summaries" className="text-accent underline">
          All summaries
        </Link>
      </p>
      <div className="max-w-prose">
        <SummaryText text={data.text} citations={data.citations} />
      </div>
    </section>
  );
}
