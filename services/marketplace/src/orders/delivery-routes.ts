import { operators, type Route, route } from '@clearlot/service';
import { z } from 'zod';
import type { Clients } from '../clients.ts';
import { assayValue } from '../commodity/shapes.ts';
import { idParams, instant, massKg } from '../shapes.ts';
import { acceptDelivery } from './accept-delivery.ts';
import { confirmDelivery } from './confirm-delivery.ts';
import { inspectDelivery } from './inspect-delivery.ts';
import { openDispute } from './open-dispute.ts';
import { deliveryOutcomeShape, presentDeliveryOutcome } from './present-delivery.ts';
import { disputeOutcomeShape, presentDisputeOutcome } from './present-dispute.ts';
import { shipDelivery } from './ship-delivery.ts';

const deliveryParams = idParams.extend({ deliveryId: z.uuid() });
const lineId = z.string().min(1).max(40);
/** Nothing at all means now. */
const deliveredBody = z.object({ deliveredAt: instant.optional() }).nullish();

const oncePerLine = <T extends { lineId: string }>(items: readonly T[]) =>
  new Set(items.map((each) => each.lineId)).size === items.length;

export const deliveryRoutes: Route<Clients>[] = [
  route({
    method: 'POST',
    path: '/api/orders/:id/deliveries',
    access: { roles: ['supplier'] },
    summary: 'Record a shipment of a funded order',
    status: 201,
    params: idParams,
    body: z.object({
      /** Mass on the line's basis. */
      items: z
        .array(z.object({ lineId, massKg: massKg.transform(BigInt) }))
        .min(1)
        .max(100)
        .refine(oncePerLine, 'every line must be there once'),
      carrier: z.string().trim().min(1).max(200),
      tracking: z.string().trim().min(1).max(200),
      /** Nothing more follows; also said by completing every line. */
      final: z.boolean().default(false),
    }),
    response: deliveryOutcomeShape,
    action: (ctx, { params, body }) => shipDelivery(ctx, { orderId: params.id, ...body }),
    present: presentDeliveryOutcome,
  }),
  route({
    method: 'POST',
    path: '/api/orders/:id/deliveries/:deliveryId/delivered',
    access: { roles: ['buyer'] },
    summary: 'Say that a delivery has arrived',
    params: deliveryParams,
    body: deliveredBody,
    response: deliveryOutcomeShape,
    action: (ctx, { params, body }) =>
      confirmDelivery(ctx, { orderId: params.id, deliveryId: params.deliveryId, ...body, by: 'buyer' }),
    present: presentDeliveryOutcome,
  }),
  route({
    method: 'POST',
    path: '/api/orders/:id/deliveries/:deliveryId/inspection',
    access: { roles: ['buyer'] },
    summary: 'Say what was found in a delivery; answers what it pays',
    params: deliveryParams,
    body: z.object({
      items: z
        .array(
          z.object({
            lineId,
            wetKg: z.number().int().min(0).max(1_000_000_000).transform(BigInt),
            moisturePpb: z.number().int().min(0).max(1_000_000_000).default(0).transform(BigInt),
            assay: z.array(assayValue).max(40).default([]),
          }),
        )
        .min(1)
        .max(100),
    }),
    response: deliveryOutcomeShape,
    action: (ctx, { params, body }) =>
      inspectDelivery(ctx, { orderId: params.id, deliveryId: params.deliveryId, ...body }),
    present: presentDeliveryOutcome,
  }),
  route({
    method: 'POST',
    path: '/api/orders/:id/deliveries/:deliveryId/accept',
    access: { roles: ['buyer'], live: true },
    summary: 'Accept an inspected delivery: its amount is released',
    params: deliveryParams,
    response: deliveryOutcomeShape,
    action: (ctx, { params }) => acceptDelivery(ctx, { orderId: params.id, deliveryId: params.deliveryId }),
    present: presentDeliveryOutcome,
  }),
  route({
    method: 'POST',
    path: '/api/orders/:id/deliveries/:deliveryId/dispute',
    access: { roles: ['buyer', 'supplier'] },
    summary: 'Contest a delivery; nothing of it is released until that is settled',
    status: 201,
    params: deliveryParams,
    body: z.object({ reason: z.string().trim().min(1).max(4000) }),
    response: disputeOutcomeShape,
    action: (ctx, { params, body }) => openDispute(ctx, { orderId: params.id, deliveryId: params.deliveryId, ...body }),
    present: presentDisputeOutcome,
  }),
  route({
    method: 'POST',
    path: '/api/admin/orders/:id/deliveries/:deliveryId/delivered',
    access: operators,
    summary: 'Record that a delivery has arrived',
    params: deliveryParams,
    body: deliveredBody,
    response: deliveryOutcomeShape,
    action: (ctx, { params, body }) =>
      confirmDelivery(ctx, { orderId: params.id, deliveryId: params.deliveryId, ...body, by: 'operator' }),
    present: presentDeliveryOutcome,
  }),
];
