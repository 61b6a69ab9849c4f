import { type ComponentType, lazy, Suspense } from 'react';
import { Skeleton } from '../design/query-view.tsx';
import { type Role, useMe } from '../session/session.ts';

const homes: Record<Role, ComponentType> = {
  seller: lazy(async () => ({ default: (await import('./seller-home.tsx')).SellerHome })),
  buyer: lazy(async () => ({ default: (await import('./buyer-home.tsx')).BuyerHome })),
  supplier: lazy(async () => ({ default: (await import('./supplier-home.tsx')).SupplierHome })),
  operator: lazy(async () => ({ default: (await import('./operator-home.tsx')).OperatorHome })),
};

/** What waits on me, and what else is mine, by my role. */
export function Dashboard() {
  const Home = homes[useMe().role as Role];
  return (
    <Suspense fallback={<Skeleton rows={8} />}>
      <Home />
    </Suspense>
  );
}
