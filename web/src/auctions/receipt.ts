import * as z from 'zod/mini';

const payload = z.object({
  ...{ auctionId: z.string(), bidderId: z.string(), key: z.string(), sequence: z.number(), at: z.string() },
  ...{ outcome: z.enum(['accepted', 'refused']), hash: z.string() },
});

/** What a receipt states: the bid stands in the auction's log, where and under which hash. */
export type Receipt = z.output<typeof payload>;

/** Reads what a receipt, a signed compact JWS, states. Throws when it is none. */
export function readReceipt(jws: string): Receipt {
  const [, body = ''] = jws.split('.');
  const binary = atob(body.replaceAll('-', '+').replaceAll('_', '/'));
  const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  return payload.parse(JSON.parse(new TextDecoder().decode(bytes)));
}

/** The beginning of a hash, enough to tell two apart by eye. */
export const shortHash = (hash: string): string => `${hash.slice(0, 8)}…${hash.slice(-4)}`;
