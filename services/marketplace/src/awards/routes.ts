import { type Route, route, signedIn } from '@clearlot/service';
import { z } from 'zod';
import type { Clients } from '../clients.ts';
import { idParams, massKg } from '../shapes.ts';
import { awardRfq } from './award-rfq.ts';
import { cancelAward } from './cancel-award.ts';
import type { SplitRequest } from './optimum.ts';
import {
  awardShape,
  decidedShape,
  presentAward,
  presentDecided,
  presentScenario,
  presentStatus,
  scenarioShape,
  statusShape,
} from './present-award.ts';
import { showAward } from './show-award.ts';
import { splitModes } from './split.ts';
import { tryScenario } from './try-scenario.ts';

const buyers = { roles: ['buyer'] };
const suppliersCount = z.number().int().min(1).max(100);
const sharePpm = z.number().int().min(0).max(1_000_000);

const splitBody = z.object({
  mode: z.enum(splitModes),
  constraints: z
    .strictObject({
      suppliersMin: suppliersCount.optional(),
      suppliersMax: suppliersCount.optional(),
      /** Of all that is awarded, for every supplier that wins anything. */
      shareMinPpm: sharePpm.optional(),
      shareMaxPpm: sharePpm.optional(),
      /** By supplier. */
      supplierMaxKg: z.record(z.uuid(), z.number().int().min(0).max(100_000_000_000)).optional(),
    })
    .default({}),
  /** Quantities of a shared line are multiples of this; one offer carries the rest. */
  lotKg: massKg.optional(),
});

const awardBody = splitBody
  .extend({
    /** The buyer's own choice in place of the best split. */
    items: z
      .array(z.object({ responseId: z.uuid(), offerId: z.string().max(40), quantityKg: massKg }))
      .min(1)
      .max(1_000)
      .optional(),
    justification: z.string().trim().max(10_000).default(''),
  })
  .refine(({ items, justification }) => items === undefined || justification !== '', {
    path: ['justification'],
    message: 'must say why these offers are chosen',
  });

export const awardRoutes: Route<Clients>[] = [
  route({
    method: 'POST',
    path: '/api/rfqs/:id/scenarios',
    access: buyers,
    summary: 'The best split under constraints, and what each of them costs',
    // It only reads: there is no effect that a repeated key could protect.
    idempotent: false,
    params: idParams,
    body: splitBody,
    response: scenarioShape,
    action: (ctx, { params, body }) => tryScenario(ctx, params.id, toRequest(body)),
    present: presentScenario,
  }),
  route({
    method: 'POST',
    path: '/api/rfqs/:id/award',
    access: { ...buyers, live: true },
    summary: 'Award an evaluated RFQ: the best split, or your own choice with a justification',
    status: 201,
    params: idParams,
    body: awardBody,
    response: decidedShape,
    action: (ctx, { params, body }) =>
      awardRfq(ctx, {
        ...toRequest(body),
        rfqId: params.id,
        items: body.items?.map((item) => ({ ...item, quantityKg: BigInt(item.quantityKg) })),
        justification: body.justification,
      }),
    present: presentDecided,
  }),
  route({
    method: 'GET',
    path: '/api/rfqs/:id/award',
    access: signedIn,
    summary: 'The award of an RFQ: all of it for its buyer, how it fared for a supplier that responded',
    params: idParams,
    response: awardShape,
    action: (ctx, { params }) => showAward(ctx, params.id),
    present: presentAward,
  }),
  route({
    method: 'POST',
    path: '/api/rfqs/:id/award/cancel',
    access: { ...buyers, live: true },
    summary: 'Take an award back within its standstill',
    params: idParams,
    body: z.object({ reason: z.string().trim().min(1).max(2_000) }),
    response: statusShape,
    action: (ctx, { params, body }) => cancelAward(ctx, { rfqId: params.id, reason: body.reason }),
    present: presentStatus,
  }),
];

function toRequest({ mode, constraints, lotKg }: z.output<typeof splitBody>): SplitRequest {
  const ppm = (share: number | undefined) => (share === undefined ? undefined : BigInt(share));
  const limits = Object.entries(constraints.supplierMaxKg ?? {});
  return {
    mode,
    constraints: {
      suppliersMin: constraints.suppliersMin,
      suppliersMax: constraints.suppliersMax,
      shareMinPpm: ppm(constraints.shareMinPpm),
      shareMaxPpm: ppm(constraints.shareMaxPpm),
      supplierMaxKg: new Map(limits.map(([id, kg]) => [id, BigInt(kg)])),
    },
    lotKg: lotKg === undefined ? undefined : BigInt(lotKg),
  };
}
