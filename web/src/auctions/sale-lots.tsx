import { Link } from '@tanstack/react-router';
import { server } from '../api/client.ts';
import { Instant } from '../design/figures.tsx';
import { Section } from '../design/page.tsx';
import { statusWords } from './auction.ts';

/** The other lots that were announced together with this one. */
export function SaleLots({ saleId, auctionId }: { saleId: string; auctionId: string }) {
  const lots = server.useQuery('get', '/api/auctions', { params: { query: { saleId, limit: 100 } } });
  const all = [...(lots.data?.items ?? [])].sort((a, b) => a.lot - b.lot);
  if (all.length < 2) return null;
  return (
    <Section title="Lots of this sale">
      <ol className="grid gap-2 text-sm">
        {all.map((lot) => (
          <li key={lot.auctionId}>
            {lot.auctionId === auctionId ? (
              <span className="font-semibold" aria-current="page">
                {lot.title}
              </span>
            ) : (
              <Link
                to="/auctions/$auctionId"
                params={{ auctionId: lot.auctionId }}
                className="font-medium text-accent hover:underline"
              >
                {lot.title}
              </Link>
            )}
            <span className="block text-xs text-muted">
              {statusWords[lot.status]}, closes <Instant at={lot.closesAt} />
            </span>
          </li>
        ))}
      </ol>
    </Section>
  );
}
