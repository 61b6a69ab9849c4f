/** The services behind the gateway. A new service is one line here and one in each table below. */
export const services = ['identity', 'deals', 'marketplace', 'payments', 'documents', 'market-data'] as const;
export type ServiceName = (typeof services)[number];

/** Which service answers `/api/<segment>…`. */
const bySegment: Record<string, ServiceName> = {
  auth: 'identity',
  profile: 'identity',
  accreditations: 'identity',
  organizations: 'identity',
  companies: 'deals',
  holdings: 'deals',
  deals: 'deals',
  participations: 'deals',
  commitments: 'deals',
  suppliers: 'marketplace',
  products: 'marketplace',
  rfqs: 'marketplace',
  quotes: 'marketplace',
  orders: 'marketplace',
  reviews: 'marketplace',
  auctions: 'marketplace',
  payments: 'payments',
  documents: 'documents',
  market: 'market-data',
  alerts: 'market-data',
};

/** Which service answers `/api/admin/<segment>…`. */
const byAdminSegment: Record<string, ServiceName> = {
  users: 'identity',
  accreditations: 'identity',
  companies: 'deals',
  holdings: 'deals',
  deals: 'deals',
  participations: 'deals',
  commitments: 'deals',
  suppliers: 'marketplace',
  orders: 'marketplace',
  disputes: 'marketplace',
  payments: 'payments',
  escrows: 'payments',
  ledger: 'payments',
  documents: 'documents',
  market: 'market-data',
};

/** The owner of a path; the path is never decoded or rewritten, so what is authorised is what is forwarded. */
export function ownerOf(path: string): ServiceName | undefined {
  const [, api, first = '', second = '', third = ''] = path.split('/', 5);
  if (api !== 'api') return undefined;
  if (first !== 'admin') return lookUp(bySegment, first);
  if (second === 'dead-letters') return services.find((name) => name === third);
  return lookUp(byAdminSegment, second);
}

function lookUp(table: Record<string, ServiceName>, segment: string): ServiceName | undefined {
  return Object.hasOwn(table, segment) ? table[segment] : undefined;
}
