import type { Role } from '../session/session.ts';

export interface Destination {
  label: string;
  to: string;
  /** Who has it; everybody unless said. */
  roles?: readonly Role[];
  /** Other words people look for it by. */
  also?: string;
}

interface Group {
  label: string;
  destinations: readonly Destination[];
}

const buyerOrSupplier: readonly Role[] = ['buyer', 'supplier', 'operator'];

/** Everything there is to go to, in the order of the rail. The palette finds the same. */
export const navigation: readonly Group[] = [
  {
    label: 'Shares',
    destinations: [
      { label: 'Dashboard', to: '/dashboard', also: 'home start overview' },
      { label: 'Open deals', to: '/deals', also: 'programs liquidity' },
      { label: 'My holdings', to: '/onboarding/holdings', roles: ['seller'], also: 'shares grants proof' },
      { label: 'Accreditation', to: '/onboarding/accreditation', roles: ['buyer'], also: 'accredited investor' },
      { label: 'Documents', to: '/documents', also: 'sign agreements' },
      { label: 'Payments', to: '/payments', also: 'wires payouts receipts balances' },
    ],
  },
  {
    label: 'LithiumBuy',
    destinations: [
      { label: 'Market', to: '/market', also: 'prices chart arbitrage alerts' },
      { label: 'Suppliers', to: '/suppliers', also: 'directory' },
      { label: 'Products', to: '/products', also: 'carbonate hydroxide spodumene' },
      { label: 'Requests', to: '/rfq', roles: buyerOrSupplier, also: 'rfq quotation inbox tender' },
      { label: 'Quotes', to: '/quotes', roles: buyerOrSupplier, also: 'negotiation offers' },
      { label: 'Orders', to: '/orders', roles: buyerOrSupplier, also: 'deliveries inspection disputes' },
      { label: 'Auctions', to: '/auctions', also: 'live bids lots' },
      { label: 'My company', to: '/supplier', roles: ['supplier'], also: 'application profile certificates' },
    ],
  },
  {
    label: 'Operations',
    destinations: [
      { label: 'Deals', to: '/admin/deals', roles: ['operator'], also: 'workspace allocation lock close' },
      { label: 'Holdings', to: '/admin/holdings', roles: ['operator'], also: 'review proof' },
      { label: 'Accreditations', to: '/admin/accreditations', roles: ['operator'], also: 'review' },
      { label: 'Suppliers', to: '/admin/suppliers', roles: ['operator'], also: 'verification' },
      { label: 'Orders and disputes', to: '/admin/orders', roles: ['operator'], also: 'disputes' },
      { label: 'Payments', to: '/admin/payments', roles: ['operator'], also: 'wires escrow ledger' },
      { label: 'Documents', to: '/admin/documents', roles: ['operator'], also: 'signatures' },
      { label: 'Market data', to: '/admin/market', roles: ['operator'], also: 'quarantine sources entries' },
      { label: 'People', to: '/admin/users', roles: ['operator'], also: 'users accounts' },
      { label: 'Audit', to: '/admin/audit', roles: ['operator'], also: 'log history' },
      { label: 'Dead letters', to: '/admin/dead-letters', roles: ['operator'], also: 'events failed replay' },
    ],
  },
];

/** The groups as somebody of a role has them; those that would be empty are left out. */
export function navigationFor(role: string): Group[] {
  return navigation
    .map(({ label, destinations }) => ({
      label,
      destinations: destinations.filter(({ roles }) => !roles || roles.some((each) => each === role)),
    }))
    .filter(({ destinations }) => destinations.length > 0);
}
