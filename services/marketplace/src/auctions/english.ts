import type { Format } from './format.ts';
import { proxyRules } from './proxy.ts';

/** Prices rise: bids are maxima. */
export const english: Format<'english'> = proxyRules(1n);
