import { z } from 'zod';

/** Money as it comes in: a decimal number or its text, read exactly in the deal's currency. */
export const money = z.union([z.number(), z.string().max(64)]);
/** Money as it goes out: a number where a number is exact, its text where not. */
export const moneyOut = z.union([z.number(), z.string()]);
export const shareCount = z.number().int().min(1).max(1_000_000_000_000).transform(BigInt);
export const idParams = z.object({ id: z.uuid() });
/** The box must really be ticked. */
export const acceptTerms = z.literal(true, { error: 'must be true: accept the terms to go on' });
/** An instant with its offset, or a day, which begins at midnight UTC. */
export const instant = z.union([z.iso.datetime({ offset: true }), z.iso.date()]).transform((text) => new Date(text));
