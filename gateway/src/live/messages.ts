import { z } from 'zod';

const id = z.union([z.string().max(100), z.number()]).optional();
const topic = z
  .string()
  .regex(
    /^(auction|price):[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
    'must be auction:<id> or price:<instrument id>',
  );
const auctionId = z.uuid();
const body = z.record(z.string(), z.unknown());

/** What a client may say; the answer carries its `id`. */
export const clientMessage = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('authenticate'), id, token: z.string().max(8_000) }),
  z.strictObject({ type: z.literal('subscribe'), id, topic, after: z.number().int().min(0).optional() }),
  z.strictObject({ type: z.literal('unsubscribe'), id, topic }),
  z.strictObject({ type: z.literal('bid'), id, auctionId, body }),
  z.strictObject({ type: z.literal('retract'), id, auctionId, body }),
  z.strictObject({ type: z.literal('ping'), id, clientTime: z.union([z.number(), z.string().max(60)]).optional() }),
]);
export type ClientMessage = z.output<typeof clientMessage>;
