import { parsePositiveMoney } from '@clearlot/kernel';
import { z } from 'zod';
import { assayLimit, basis, grade, incoterm, productType } from '../commodity/shapes.ts';
import { instant, massKg, money } from '../shapes.ts';
import { auctionErrors } from './errors.ts';
import { defaultIncrements, type IncrementBand } from './increments.ts';
import type { AuctionTerms, FormatName } from './terms.ts';

const seconds = (max: number) => z.number().int().min(1).max(max);
const day = 86_400;

const softClose = z.strictObject({
  windowSeconds: seconds(day),
  extensionSeconds: seconds(day),
  extensionsMax: z.number().int().min(0).max(1_000),
  /** After the announced close; no extension passes it. */
  hardStopSeconds: seconds(30 * day),
});
/** Price bands: below so much, prices move by this step; the last band has no bound. eBay's where none are given. */
const increments = z
  .array(z.strictObject({ below: money.nullable(), step: money }))
  .min(1)
  .max(40)
  .optional();
const retractUntilSeconds = z
  .number()
  .int()
  .min(0)
  .max(90 * day)
  .optional();

const rules = z.discriminatedUnion('format', [
  z.strictObject({
    format: z.literal('english'),
    ...{ increments, softClose: softClose.optional(), retractUntilSeconds },
  }),
  z.strictObject({ format: z.literal('reverse'), increments, softClose: softClose.optional() }),
  z.strictObject({ format: z.literal('dutch'), step: money, everySeconds: seconds(day) }),
  z.strictObject({ format: z.literal('sealed_first'), retractUntilSeconds }),
  z.strictObject({ format: z.literal('sealed_second'), retractUntilSeconds }),
  z.strictObject({ format: z.literal('japanese'), increments, roundSeconds: seconds(day) }),
  z.strictObject({
    ...{ format: z.literal('meat_rounds'), step: money, rounds: z.number().int().min(1).max(10) },
    ...{ roundSeconds: seconds(day), pauseSeconds: z.number().int().min(0).max(day).default(0) },
  }),
]);

const lot = z.strictObject({
  title: z.string().trim().min(1).max(200),
  description: z.string().max(10_000).default(''),
  productType,
  grade,
  basis: basis.default('dry'),
  limits: z.array(assayLimit).max(40).default([]),
  quantityKg: massKg.transform(BigInt),
  incoterm,
  place: z.string().trim().min(1).max(200),
  deliverFrom: instant,
  deliverTo: instant,
  /** Per tonne, as all prices of an auction. */
  startingPrice: money,
  reservePrice: money.optional(),
  buyNowPrice: money.optional(),
  /** Of a Dutch auction: the clock stops there. */
  floorPrice: money.optional(),
});

const option = z.strictObject({
  value: z.string().min(1).max(60),
  title: z.string().max(200),
  sharePpm: z.number().int().min(0).max(900_000),
});
const criterion = z.strictObject({
  criterionId: z.string().min(1).max(60),
  title: z.string().max(200),
  options: z.array(option).min(1).max(20),
});

/** What is put up: the rules of one format for one or more lots, which close one after the other. */
export const saleInput = z.strictObject({
  currency: z.string().regex(/^[A-Z]{3}$/),
  /** At once where it is not given. */
  opensAt: instant.optional(),
  /** Of the first lot. In rounds of best value the rounds say it. */
  closesAt: instant.optional(),
  /** Between the closes of two lots. */
  staggerSeconds: z.number().int().min(0).max(day).default(0),
  deposit: money.default(0),
  confirmHours: z.number().int().min(1).max(720).default(48),
  criteria: z.array(criterion).max(20).default([]),
  rules,
  lots: z.array(lot).min(1).max(200),
});
export type SaleInput = z.output<typeof saleInput>;
/** A sale whose opening is known. */
export type Sale = SaleInput & { opensAt: Date };
export type LotInput = SaleInput['lots'][number];

/** Formats in which the owner buys and suppliers bid. */
export const buyingFormats: ReadonlySet<FormatName> = new Set(['reverse', 'meat_rounds']);

/** The terms one lot is auctioned on. Errors: MONEY_INVALID, MARKETPLACE_AUCTION_TERMS_INVALID. */
export function termsOf(
  sale: Sale,
  lotInput: LotInput,
  { auctionId, ownerId, lotNumber }: { auctionId: string; ownerId: string; lotNumber: number },
): AuctionTerms {
  const { currency, opensAt, rules } = sale;
  const minor = (value: number | string) => parsePositiveMoney(value, currency);
  const maybe = <N extends string>(name: N, value: number | string | undefined) =>
    (value === undefined ? {} : { [name]: minor(value) }) as Partial<Record<N, bigint>>;
  const closesAt = closeOf(sale, lotNumber);
  const common = { auctionId, ownerId, currency, opensAt, closesAt, startingMinor: minor(lotInput.startingPrice) };
  const reserve = maybe('reserveMinor', lotInput.reservePrice);
  const retraction =
    'retractUntilSeconds' in rules && rules.retractUntilSeconds !== undefined
      ? { retractUntilMsBeforeClose: rules.retractUntilSeconds * 1_000 }
      : {};
  requireFitting(rules.format, lotInput);
  switch (rules.format) {
    case 'english':
    case 'reverse': {
      const soft = rules.softClose;
      const softClose = soft && {
        ...{ windowMs: soft.windowSeconds * 1_000, extensionMs: soft.extensionSeconds * 1_000 },
        extensionsMax: soft.extensionsMax,
        hardStopAt: new Date(closesAt.getTime() + soft.hardStopSeconds * 1_000),
      };
      const proxy = {
        ...{ ...common, ...reserve, ...maybe('buyNowMinor', lotInput.buyNowPrice) },
        ...{ increments: bandsOf(rules.increments, minor), ...(softClose ? { softClose } : {}) },
      };
      return rules.format === 'english'
        ? { format: 'english', ...proxy, ...retraction }
        : { format: 'reverse', ...proxy };
    }
    case 'dutch': {
      const floorMinor = minor(lotInput.floorPrice ?? lotInput.startingPrice);
      return {
        format: 'dutch',
        ...common,
        floorMinor,
        stepMinor: minor(rules.step),
        everyMs: rules.everySeconds * 1_000,
      };
    }
    case 'sealed_first':
    case 'sealed_second':
      return { ...common, ...reserve, ...retraction, format: rules.format } as AuctionTerms;
    case 'japanese': {
      const roundMs = rules.roundSeconds * 1_000;
      return { format: 'japanese', ...common, increments: bandsOf(rules.increments, minor), roundMs };
    }
    case 'meat_rounds': {
      const { rounds, roundSeconds, pauseSeconds } = rules;
      const times = { rounds, roundMs: roundSeconds * 1_000, pauseMs: pauseSeconds * 1_000 };
      return { format: 'meat_rounds', ...common, ...reserve, stepMinor: minor(rules.step), ...times };
    }
  }
}

/** Lots of a sale close one after the other, in the order they are listed. */
function closeOf({ opensAt, closesAt, staggerSeconds, rules }: Sale, lotNumber: number): Date {
  if (rules.format === 'meat_rounds') {
    const { rounds, roundSeconds, pauseSeconds } = rules;
    return new Date(opensAt.getTime() + (rounds * roundSeconds + (rounds - 1) * pauseSeconds) * 1_000);
  }
  if (!closesAt) throw auctionErrors.error('MARKETPLACE_AUCTION_TERMS_INVALID', 'On these terms it never closes.');
  return new Date(closesAt.getTime() + (lotNumber - 1) * staggerSeconds * 1_000);
}

/** A price that the format knows nothing of would be silently forgotten. */
function requireFitting(format: FormatName, { reservePrice, buyNowPrice, floorPrice }: LotInput): void {
  const hasProxy = format === 'english' || format === 'reverse';
  const hasReserve = hasProxy || format.startsWith('sealed') || format === 'meat_rounds';
  const misplaced = [
    reservePrice !== undefined && !hasReserve ? 'a reserve price' : '',
    buyNowPrice !== undefined && !hasProxy ? 'a buy-now price' : '',
    floorPrice !== undefined && format !== 'dutch' ? 'a floor price' : '',
  ].filter(Boolean);
  if (misplaced.length > 0) {
    const why = `A ${format} auction has not ${misplaced.join(' and ')}.`;
    throw auctionErrors.error('MARKETPLACE_AUCTION_TERMS_INVALID', why);
  }
}

function bandsOf(
  bands: z.output<typeof increments>,
  minor: (value: number | string) => bigint,
): readonly IncrementBand[] {
  if (!bands) return defaultIncrements;
  return bands.map(({ below, step }) => ({ belowMinor: below === null ? null : minor(below), stepMinor: minor(step) }));
}

/** What the answers of a bidder take off a compared price. Errors: MARKETPLACE_AUCTION_ANSWERS_INVALID. */
export function shareOf(
  criteria: readonly z.output<typeof criterion>[],
  answers: Readonly<Record<string, string>>,
): number {
  const known = new Set(criteria.map((each) => each.criterionId));
  const stray = Object.keys(answers).find((each) => !known.has(each));
  if (stray !== undefined) throw auctionErrors.error('MARKETPLACE_AUCTION_ANSWERS_INVALID', `There is no ${stray}.`);
  return criteria.reduce((sum, { criterionId, title, options }) => {
    const chosen = options.find((each) => each.value === answers[criterionId]);
    if (!chosen) throw auctionErrors.error('MARKETPLACE_AUCTION_ANSWERS_INVALID', `${title} is not answered.`);
    return sum + chosen.sharePpm;
  }, 0);
}
