import type { Format } from './format.ts';
import { proxyRules } from './proxy.ts';

const { retract: _, ...rules } = proxyRules(-1n);

/** Prices fall and never rise, so nothing is taken back: bids are minima. */
export const reverse: Format<'reverse'> = rules;
