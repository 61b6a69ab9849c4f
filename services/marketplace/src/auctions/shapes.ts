import { z } from 'zod';
import { basis, grade, incoterm, productType } from '../commodity/shapes.ts';
import { moneyOut } from '../shapes.ts';

export const auctionStatus = z.enum(['scheduled', 'open', 'closed', 'cancelled']);
export const format = z.enum([
  'english',
  'reverse',
  'dutch',
  'sealed_first',
  'sealed_second',
  'japanese',
  'meat_rounds',
]);

/** What everybody may see of an auction as it runs; prices per tonne, bidders by their number. */
export const liveShape = z.object({
  auctionId: z.string(),
  sequence: z.number(),
  status: auctionStatus,
  price: moneyOut.nullable(),
  leader: z.number().nullable(),
  reserveMet: z.boolean().nullable(),
  round: z.number().nullable(),
  opensAt: z.string(),
  closesAt: z.string(),
  extensions: z.number(),
  nextBid: moneyOut.nullable(),
  bids: z.number(),
  bidders: z.number(),
  result: z
    .union([
      z.object({
        outcome: z.literal('sold'),
        winner: z.number().nullable(),
        price: moneyOut,
        bidSequence: z.number(),
      }),
      z.object({ outcome: z.literal('unsold'), reason: z.string() }),
    ])
    .nullable(),
});

/** An entry of the log as everybody may see it; of a refused bid only that it was made. */
export const updateShape = z.object({
  sequence: z.number(),
  at: z.string(),
  kind: z.enum(['bid', 'buy_now', 'stay', 'retract', 'clock']),
  outcome: z.enum(['accepted', 'refused']),
  bidder: z.number().nullable().optional(),
  price: moneyOut.nullable().optional(),
  leader: z.number().nullable().optional(),
  reserveMet: z.boolean().nullable().optional(),
  round: z.number().nullable().optional(),
  closesAt: z.string().optional(),
  status: auctionStatus.optional(),
});

const criterionShape = z.object({
  criterionId: z.string(),
  title: z.string(),
  options: z.array(z.object({ value: z.string(), title: z.string(), sharePpm: z.number() })),
});

export const auctionShape = z.object({
  auctionId: z.string(),
  saleId: z.string(),
  lot: z.number(),
  ownerId: z.string(),
  supplierId: z.string().nullable(),
  title: z.string(),
  format,
  status: auctionStatus,
  currency: z.string(),
  productType,
  grade,
  quantityKg: z.number(),
  deposit: moneyOut,
  joined: z.number(),
  opensAt: z.string(),
  closesAt: z.string(),
  createdAt: z.string(),
  live: liveShape,
});

export const awardShape = z.object({
  awardId: z.string(),
  /** 1 for the winner, then whoever is next in line. */
  rank: z.number(),
  bidderId: z.string(),
  price: moneyOut,
  amount: moneyOut,
  status: z.enum(['offered', 'accepted', 'declined', 'lapsed']),
  confirmBy: z.string(),
  orderId: z.string().nullable(),
});

export const participationShape = z.object({
  auctionId: z.string(),
  /** The number others see you by. */
  bidder: z.number(),
  depositId: z.string().nullable(),
  deposit: moneyOut,
  sharePpm: z.number(),
  status: z.enum(['pending', 'admitted', 'refused']),
});

export const auctionDetailShape = auctionShape.extend({
  description: z.string(),
  basis,
  limits: z.array(
    z.object({ analyte: z.string(), unit: z.literal('ppb'), min: z.number().nullable(), max: z.number().nullable() }),
  ),
  incoterm,
  place: z.string(),
  deliverFrom: z.string(),
  deliverTo: z.string(),
  confirmHours: z.number(),
  /** When the lot of an auction that is over was offered to its winner and the other deposits were given back. */
  settledAt: z.string().nullable(),
  /** The terms without the reserve, of which only is said whether there is one; minor units as text. */
  terms: z.record(z.string(), z.unknown()),
  criteria: z.array(criterionShape),
  /** The owner's alone. */
  reserve: moneyOut.nullable(),
  participation: participationShape.nullable(),
  /** Offers of the lot to you, or all of them to its owner. */
  awards: z.array(awardShape),
  serverTime: z.string(),
});

export const placedBidShape = z.object({
  auctionId: z.string(),
  outcome: z.literal('accepted'),
  /** Where the bid stands in the auction's log, when, and under which hash. */
  sequence: z.number(),
  at: z.string(),
  hash: z.string(),
  receipt: z.string(),
  leading: z.boolean(),
  price: moneyOut.nullable(),
  reserveMet: z.boolean().nullable(),
  round: z.number().nullable(),
  closesAt: z.string(),
  status: auctionStatus,
});

/** How an auction went, from its log alone. */
export const analyticsShape = z.object({
  bidsAccepted: z.number(),
  refused: z.number(),
  refusedByCode: z.record(z.string(), z.number()),
  retractions: z.number(),
  bidders: z.array(z.object({ bidder: z.number().nullable(), bidsAccepted: z.number(), refused: z.number() })),
  pricePath: z.array(z.object({ sequence: z.number(), at: z.string(), price: moneyOut })),
  leadChanges: z.number(),
  extensions: z.number(),
  extensionMs: z.number(),
  firstBidAt: z.string().nullable(),
  lastBidAt: z.string().nullable(),
  firstBidAfterMs: z.number().nullable(),
  bidsInLastMinute: z.number(),
  /** What it sold at as parts per million of the starting price. */
  finalPricePpm: z.number().nullable(),
});
