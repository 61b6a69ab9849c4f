import { z } from 'zod';

/** Money as it comes in: a decimal number or its text, read exactly in its currency. */
export const money = z.union([z.number(), z.string().max(64)]);
/** Money as it goes out: a number where a number is exact, its text where not. */
export const moneyOut = z.union([z.number(), z.string()]);
export const idParams = z.object({ id: z.uuid() });
/** Whole kilograms, up to a million tonnes. */
export const massKg = z.number().int().min(1).max(1_000_000_000);
/** An instant with its offset, or a day, which begins at midnight UTC. */
export const instant = z.union([z.iso.datetime({ offset: true }), z.iso.date()]).transform((text) => new Date(text));
/** A country, ISO 3166-1 alpha-2. */
export const country = z.string().regex(/^[A-Z]{2}$/, 'must be an ISO 3166-1 alpha-2 code');
