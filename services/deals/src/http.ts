import type { Route } from '@clearlot/service';
import { allocationRoutes } from './allocation/routes.ts';
import type { Clients } from './clients.ts';
import { commitmentRoutes } from './commitments/routes.ts';
import { companyRoutes } from './companies/routes.ts';
import { dealRoutes } from './deals/routes.ts';
import { exportRoutes } from './exports/routes.ts';
import { holdingRoutes } from './holdings/routes.ts';
import { overviewRoutes } from './overview/routes.ts';
import { participationRoutes } from './participations/routes.ts';

/** Door 1: people and operators. */
export const dealsRoutes: Route<Clients>[] = [
  ...companyRoutes,
  ...holdingRoutes,
  ...dealRoutes,
  ...participationRoutes,
  ...commitmentRoutes,
  ...allocationRoutes,
  ...overviewRoutes,
  ...exportRoutes,
];
