import { type Route, route } from '@clearlot/service';
import { z } from 'zod';
import type { Clients } from '../clients.ts';
import { findRfq } from '../rfqs/store.ts';
import { idParams } from '../shapes.ts';
import { listMatches } from './store.ts';

export const matchRoutes: Route<Clients>[] = [
  route({
    method: 'GET',
    path: '/api/rfqs/:id/matches',
    access: { roles: ['buyer', 'supplier', 'operator'] },
    summary: 'Suppliers an RFQ was matched with and why, best first; a supplier sees its own match',
    params: idParams,
    response: z.array(
      z.object({
        supplierId: z.string(),
        legalName: z.string(),
        score: z.number(),
        terms: z.array(z.object({ term: z.string(), weight: z.number(), score: z.number(), because: z.string() })),
        matchedAt: z.string(),
      }),
    ),
    action: (ctx, { params }) =>
      ctx.read(async (work) => {
        await findRfq(work, params.id);
        return listMatches(work, params.id);
      }),
    present: (rows) =>
      rows.map(({ supplierId, legalName, score, terms, matchedAt }) => ({
        ...{ supplierId, legalName, score, terms },
        matchedAt: matchedAt.toISOString(),
      })),
  }),
];
