import type { Route } from '@clearlot/service';
import { auctionRoutes } from './auctions/routes.ts';
import { awardRoutes } from './awards/routes.ts';
import type { Clients } from './clients.ts';
import { evaluationRoutes } from './evaluation/routes.ts';
import { matchRoutes } from './matching/routes.ts';
import { orderRoutes } from './orders/routes.ts';
import { productRoutes } from './products/routes.ts';
import { questionRoutes } from './questions/routes.ts';
import { quoteRoutes } from './quotes/routes.ts';
import { responseRoutes } from './responses/routes.ts';
import { reviewRoutes } from './reviews/routes.ts';
import { rfqRoutes } from './rfqs/routes.ts';
import { supplierAdminRoutes } from './suppliers/admin-routes.ts';
import { supplierRoutes } from './suppliers/routes.ts';

/** Door 1: buyers, suppliers and operators. */
export const marketplaceRoutes: Route<Clients>[] = [
  ...rfqRoutes,
  ...questionRoutes,
  ...responseRoutes,
  ...matchRoutes,
  ...evaluationRoutes,
  ...awardRoutes,
  ...supplierRoutes,
  ...supplierAdminRoutes,
  ...productRoutes,
  ...reviewRoutes,
  ...orderRoutes,
  ...quoteRoutes,
  ...auctionRoutes,
];
