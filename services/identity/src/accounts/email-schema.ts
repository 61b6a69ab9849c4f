import { z } from 'zod';
import { normaliseEmail } from './account.ts';

/** An e-mail address in a request; the action gets it normalised. */
export const emailSchema = z.string().max(254).transform(normaliseEmail).pipe(z.email());
