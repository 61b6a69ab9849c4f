import { z } from 'zod';

const weekMs = 7 * 86_400_000;

/** How the platform's own trades are told. */
export const tradeConfig = {
  /** Milliseconds; windows follow each other from Mondays, 00:00 UTC. */
  TRADE_WINDOW_MS: z.coerce
    .number()
    .int()
    .min(1_000)
    .max(52 * weekMs)
    .default(weekMs),
  /** So many different buyers and so many different sellers a window has at least, or nothing is said of it. */
  TRADE_ANONYMITY: z.coerce.number().int().min(3).max(1_000).default(3),
};

export interface TradeRules {
  windowMs: number;
  anonymity: number;
}

/** The rules that the environment gives. */
export function tradeRules(settings: z.output<z.ZodObject<typeof tradeConfig>>): TradeRules {
  return { windowMs: settings.TRADE_WINDOW_MS, anonymity: settings.TRADE_ANONYMITY };
}
