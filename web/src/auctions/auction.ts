import * as z from 'zod/mini';
import type { Answer } from '../api/shapes.ts';
import type { Tone } from '../design/status.tsx';

export type AuctionRow = Answer<'/api/auctions'>['items'][number];
export type Auction = Answer<'/api/auctions/{id}'>;
export type LiveState = Auction['live'];
export type LiveUpdate = NonNullable<Answer<'/api/auctions/{id}/live'>['updates']>[number];
export type MyBid = Answer<'/api/auctions/{id}/bids/mine'>['items'][number];
export type PlacedBid = Answer<'/api/auctions/{id}/bids', 'post'>;
export type Award = Auction['awards'][number];
export type Participation = NonNullable<Auction['participation']>;
export type Format = Auction['format'];
export type AuctionStatus = Auction['status'];

/** The live socket's topic of an auction. */
export const topicOf = (auctionId: string): string => `auction:${auctionId}`;

export const formats: Record<Format, { name: string; rule: string }> = {
  english: {
    name: 'English, rising',
    rule: 'The price rises. You say the most you would pay; Clearlot bids for you, only as much as is needed to lead.',
  },
  reverse: {
    name: 'Reverse, falling',
    rule: 'The price falls. You say the least you would sell for; Clearlot bids for you, only as low as is needed to lead.',
  },
  dutch: {
    name: 'Dutch clock',
    rule: 'The price falls by the clock. The first to take it has the lot at that price.',
  },
  sealed_first: {
    name: 'Sealed, first price',
    rule: 'Nobody sees a bid before the close. The highest bid wins and pays what it bid.',
  },
  sealed_second: {
    name: 'Sealed, second price',
    rule: 'Nobody sees a bid before the close. The highest bid wins and pays the second highest, at least the reserve.',
  },
  japanese: {
    name: 'Japanese rounds',
    rule: 'The price rises each round. Who does not stay in a round has left; the last one in has the lot.',
  },
  meat_rounds: {
    name: 'Rounds of best value',
    rule: 'Suppliers offer in hidden rounds, each time lower. The best offer counts price and answers together.',
  },
};

export const formatChoices = Object.entries(formats).map(([value, { name }]) => ({ value, label: name }));

/** In these the owner buys, and suppliers bid. */
export const isBuying = (format: Format): boolean => format === 'reverse' || format === 'meat_rounds';

/** Bids are hidden until a close. */
export const isHidden = (format: Format): boolean => format.startsWith('sealed') || format === 'meat_rounds';

/** Demonstration lots say it themselves, in their title. */
export const isSimulated = ({ title }: Pick<Auction, 'title'>): boolean => title.startsWith('SIMULATED');

export const auctionStatuses = ['open', 'scheduled', 'closed', 'cancelled'] as const satisfies readonly AuctionStatus[];

export const statusWords: Record<AuctionStatus, string> = {
  scheduled: 'Upcoming',
  open: 'Running',
  closed: 'Ended',
  cancelled: 'Called off',
};

export const statusTones: Record<AuctionStatus, Tone> = {
  scheduled: 'blue',
  open: 'green',
  closed: 'plain',
  cancelled: 'plain',
};

const minor = z.optional(z.string());
const whole = z.optional(z.number());
const rules = z.object({
  ...{ startingMinor: z.string(), buyNowMinor: minor, floorMinor: minor, stepMinor: minor },
  increments: z.optional(z.array(z.object({ belowMinor: z.nullable(z.string()), stepMinor: z.string() }))),
  softClose: z.optional(
    z.object({ windowMs: z.number(), extensionMs: z.number(), extensionsMax: z.number(), hardStopAt: z.string() }),
  ),
  ...{ everyMs: whole, roundMs: whole, rounds: whole, pauseMs: whole, retractUntilMsBeforeClose: whole },
  hasReserve: z.boolean(),
  opensAt: z.string(),
  /** As it was announced; the live state says when it closes now. */
  closesAt: z.string(),
});

/** The terms of an auction that everybody may know; amounts in minor units, as text. */
export type Rules = z.output<typeof rules>;

/** Reads the terms, whose shape depends on the format. */
export function rulesOf({ terms }: Pick<Auction, 'terms'>): Rules {
  return rules.parse(terms);
}
