import { z } from 'zod';
import { assayValue, incoterm } from '../commodity/shapes.ts';
import { country, instant, massKg, money } from '../shapes.ts';

const key = z.string().regex(/^[\w.-]{1,40}$/, 'letters, digits, dots, hyphens and underscores, up to 40');

const offer = z
  .strictObject({
    offerId: key,
    lineId: key,
    /** Something else than asked for; it is shown and ranked, but breaks the line's limits knowingly. */
    alternate: z.boolean().default(false),
    /** The most the supplier delivers of this line. */
    quantityKg: massKg,
    /** The least it delivers if it delivers any. */
    minKg: massKg.optional(),
    /** Per tonne, on the line's basis, in the RFQ's currency. */
    price: money,
    incoterm,
    originCountry: country,
    assay: z.array(assayValue).max(40).default([]),
    /** Share of water as delivered, parts per billion. */
    moisturePpb: z.number().int().min(0).max(999_999_999).default(0),
    /** Days from the funded order to the delivery. */
    leadDays: z.number().int().min(0).max(730),
    packaging: z.string().max(200).optional(),
  })
  .refine(({ minKg, quantityKg }) => minKg === undefined || minKg <= quantityKg, {
    path: ['minKg'],
    message: 'must not be above quantityKg',
  });

/**
 * What a supplier answers to an RFQ; sealed as a whole until the deadline. A key that is not known is refused: nobody could
 * set a misspelt one right once it is sealed.
 */
export const responseContent = z
  .strictObject({
    kind: z.enum(['firm', 'indicative']),
    validUntil: instant,
    offers: z.array(offer).min(1).max(400),
    /** For each criterion of the RFQ, the option claimed. */
    criteria: z.record(key, key).default({}),
    /** For each life-cycle cost of the RFQ, the amount per tonne. */
    otherCosts: z.record(key, money).default({}),
    notes: z.string().max(10_000).default(''),
  })
  .superRefine(({ offers }, ctx) => {
    const ids = offers.map((each) => each.offerId);
    if (new Set(ids).size < ids.length) {
      ctx.addIssue({ code: 'custom', path: ['offers'], message: 'every offerId must be there once' });
    }
    // One line has one offer as asked for; alternates stand beside it.
    const asked = offers.filter((each) => !each.alternate).map((each) => each.lineId);
    if (new Set(asked).size < asked.length) {
      ctx.addIssue({ code: 'custom', path: ['offers'], message: 'a line has one offer that is not an alternate' });
    }
  });

/** Content as it is worked with. */
export type ResponseContent = z.output<typeof responseContent>;
/** Content as it travels, is sealed and is stored once opened. */
export type ResponseContentJson = z.input<typeof responseContent>;
