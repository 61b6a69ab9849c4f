import { lazy, Suspense, useMemo } from 'react';
import { Section } from '../design/page.tsx';
import { Skeleton } from '../design/query-view.tsx';
import type { LiveUpdate } from './auction.ts';
import { pricePoints } from './price-points.ts';

const PriceSteps = lazy(() => import('./price-steps.tsx'));

/** The price over the time of the auction; the table below it has the figures. */
export function PriceHistory({ updates, title }: { updates: readonly LiveUpdate[]; title: string }) {
  const points = useMemo(() => pricePoints(updates), [updates]);
  if (points.length < 2) return null;
  return (
    <Section title="Price">
      <Suspense fallback={<Skeleton rows={8} />}>
        <PriceSteps label={`Price of ${title} over time; the history below has every figure`} points={points} />
      </Suspense>
    </Section>
  );
}
