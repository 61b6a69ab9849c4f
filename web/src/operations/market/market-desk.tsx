import { Link, useSearch } from '@tanstack/react-router';
import { Page } from '../../design/page.tsx';
import { Deliveries } from './deliveries.tsx';
import { Entries } from './entries.tsx';
import { views } from './market-desk-search.ts';
import { Quarantine } from './quarantine.tsx';
import { Sources } from './sources.tsx';

const labels: Record<(typeof views)[number], string> = {
  quarantine: 'Kept back',
  entries: 'Entries',
  sources: 'Sources',
  deliveries: 'Deliveries',
};

const desks = { quarantine: Quarantine, entries: Entries, sources: Sources, deliveries: Deliveries };

/** Where figures come from, which are doubted, and which operators entered. */
export function MarketDesk() {
  const { view = 'quarantine' } = useSearch({ from: '/_app/admin/market' });
  const Desk = desks[view];
  return (
    <Page
      title="Market data"
      wide
      summary="Doubted figures are kept back until somebody decides. What one operator enters, another approves."
    >
      <nav aria-label="Market data" className="flex flex-wrap gap-1 border-b border-line">
        {views.map((each) => (
          <Link
            key={each}
            to="/admin/market"
            search={{ view: each }}
            aria-current={each === view ? 'page' : undefined}
            className="-mb-px border-b-2 border-transparent px-3 py-2 hover:text-ink aria-[current]:border-accent aria-[current]:font-semibold"
          >
            {labels[each]}
          </Link>
        ))}
      </nav>
      <Desk />
    </Page>
  );
}
