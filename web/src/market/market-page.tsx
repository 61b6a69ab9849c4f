import { Link } from '@tanstack/react-router';
import type { ComponentProps } from 'react';
import { Page } from '../design/page.tsx';

const places = [
  { to: '/market', label: 'Prices' },
  { to: '/market/compare', label: 'Compare' },
  { to: '/market/convert', label: 'Convert' },
  { to: '/market/arbitrage', label: 'Arbitrage' },
  { to: '/market/suppliers', label: 'Supplier prices' },
  { to: '/market/alerts', label: 'Alerts' },
  { to: '/market/summaries', label: 'Daily summary' },
] as const;

/** A page of the market, with the way to the others. */
export function MarketPage({ children, ...page }: Omit<ComponentProps<typeof Page>, 'wide'>) {
  return (
    <Page {...page} wide>
      <nav aria-label="Market" className="-mt-2 overflow-x-auto border-b border-line">
        <ul className="flex gap-1">
          {places.map(({ to, label }) => (
            <li key={to}>
              <Link
                to={to}
                activeOptions={{ exact: true, includeSearch: false }}
                className="block min-h-9 border-b-2 border-transparent px-3 py-2 whitespace-nowrap text-muted hover:text-ink"
                activeProps={{ className: 'border-b-accent! font-semibold text-ink!' }}
              >
                {label}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      {children}
    </Page>
  );
}
