import { z } from 'zod';

export const idParams = z.object({ id: z.uuid() });
/** An instant with its offset, or a day, which begins at midnight UTC. */
export const instant = z.union([z.iso.datetime({ offset: true }), z.iso.date()]).transform((text) => new Date(text));
/** Several ids, comma separated. */
export const idList = z
  .string()
  .transform((text) => [...new Set(text.split(','))])
  .pipe(z.array(z.uuid()).min(1).max(200));
