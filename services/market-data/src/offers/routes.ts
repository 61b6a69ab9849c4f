import { type Route, route, signedIn } from '@clearlot/service';
import { z } from 'zod';
import type { Clients } from '../clients.ts';
import { compareOffers } from './compare-offers.ts';
import { comparedShape, presentCompared } from './shapes.ts';

export const offerRoutes: Route<Clients>[] = [
  route({
    method: 'GET',
    path: '/api/market/supplier-prices',
    access: signedIn,
    summary: 'Opened offers of an RFQ you may see, in one basis and beside the market',
    query: z.object({
      rfqId: z.uuid(),
      /** An instrument, in whose basis offers are compared instead of the RFQ's own. */
      convertTo: z.uuid().optional(),
    }),
    response: comparedShape,
    action: (ctx, { query }) => compareOffers(ctx, query),
    present: presentCompared,
  }),
];
