import { z } from 'zod';
import type { Command, Decision } from './auction.ts';
import type { AuctionTerms } from './terms.ts';

/** A value as the log writes it: minor units as decimal text, instants as ISO text. */
export type Json<T> = T extends bigint | Date
  ? string
  : T extends readonly (infer E)[]
    ? readonly Json<E>[]
    : T extends object
      ? { [K in keyof T]: Json<T[K]> }
      : T;

/** An entry of the log as it is stored, exported and hashed. */
export interface LogEntry {
  /** From 1, without gaps. */
  sequence: number;
  at: string;
  command: Json<Command>;
  decision: Json<Decision>;
  /** Of the entry before, or of the terms before the first; hex. */
  previousHash: string;
  /** SHA-256 over canonical JSON of the entry without it; hex. */
  hash: string;
}

/** Names in order, so that the same value is the same bytes however it came in. */
export function toJson<T>(value: T): Json<T> {
  return written(value) as Json<T>;
}

function written(value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString();
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(written);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, inner]) => [name, written(inner)]));
}

const text = z.string();
const whole = z.number().int();
const minor = text.regex(/^(0|-?[1-9]\d{0,40})$/).transform(BigInt);
const instant = z.iso.datetime({ precision: 3 }).transform((iso) => new Date(iso));

const keyed = { bidderId: text, key: text };
const bidding = {
  ...keyed,
  standing: z.enum(['eligible', 'not_eligible', 'no_deposit']),
  seenPriceMinor: minor.optional(),
};

const command = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('bid'), amountMinor: minor, sharePpm: whole.optional(), ...bidding }),
  z.strictObject({ type: z.literal('buy_now'), ...bidding }),
  z.strictObject({ type: z.literal('stay'), round: whole, ...bidding }),
  z.strictObject({ type: z.literal('retract'), bidSequence: whole, ...keyed }),
  z.strictObject({ type: z.literal('advance') }),
]) satisfies z.ZodType<Command>;

const common = { auctionId: text, ownerId: text, currency: text, opensAt: instant, closesAt: instant };
const increments = z.array(z.strictObject({ belowMinor: minor.nullable(), stepMinor: minor }));
const softClose = z.strictObject({ windowMs: whole, extensionMs: whole, extensionsMax: whole, hardStopAt: instant });
const proxy = {
  ...{ startingMinor: minor, reserveMinor: minor.optional(), increments, buyNowMinor: minor.optional() },
  softClose: softClose.optional(),
};
const retractable = { retractUntilMsBeforeClose: whole.optional() };
const sealed = { ...common, ...retractable, startingMinor: minor, reserveMinor: minor.optional() };
const clock = { startingMinor: minor, stepMinor: minor, everyMs: whole, floorMinor: minor };

const meatRounds = {
  ...{ startingMinor: minor, reserveMinor: minor.optional(), stepMinor: minor },
  ...{ rounds: whole, roundMs: whole, pauseMs: whole.optional() },
};

const terms = z.discriminatedUnion('format', [
  z.strictObject({ format: z.literal('english'), ...common, ...proxy, ...retractable }),
  z.strictObject({ format: z.literal('reverse'), ...common, ...proxy }),
  z.strictObject({ format: z.literal('dutch'), ...common, ...clock }),
  z.strictObject({ format: z.literal('sealed_first'), ...sealed }),
  z.strictObject({ format: z.literal('sealed_second'), ...sealed }),
  z.strictObject({ format: z.literal('japanese'), ...common, startingMinor: minor, increments, roundMs: whole }),
  z.strictObject({ format: z.literal('meat_rounds'), ...common, ...meatRounds }),
]) satisfies z.ZodType<AuctionTerms>;

const row = z.looseObject({ sequence: whole, at: instant, command, previousHash: text, hash: text });

/** Terms from their JSON, or undefined when it is not that of terms. */
export function readTerms(json: unknown): AuctionTerms | undefined {
  return terms.safeParse(json).data;
}

/** What a row of a log says was asked when, or where it is not readable. */
export function readRow(
  json: unknown,
): { readable: true; row: z.output<typeof row> } | { readable: false; field: string } {
  const read = row.safeParse(json);
  if (read.success) return { readable: true, row: read.data };
  return { readable: false, field: read.error.issues[0]?.path.join('.') || 'the row' };
}
