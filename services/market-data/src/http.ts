import type { Route } from '@clearlot/service';
import { alertRoutes } from './alerts/routes.ts';
import { arbitrageRoutes } from './arbitrage/routes.ts';
import type { Clients } from './clients.ts';
import { conversionRoutes } from './conversion/routes.ts';
import { instrumentRoutes } from './instruments/routes.ts';
import { observationRoutes } from './observations/routes.ts';
import { offerRoutes } from './offers/routes.ts';
import { qualityRoutes } from './quality/routes.ts';
import { seriesRoutes } from './series/routes.ts';
import { sourceRoutes } from './sources/routes.ts';
import { summaryRoutes } from './summaries/routes.ts';

/** Door 1: people and operators. */
export const marketDataRoutes: Route<Clients>[] = [
  ...instrumentRoutes,
  ...observationRoutes,
  ...seriesRoutes,
  ...sourceRoutes,
  ...qualityRoutes,
  ...conversionRoutes,
  ...arbitrageRoutes,
  ...alertRoutes,
  ...summaryRoutes,
  ...offerRoutes,
];
