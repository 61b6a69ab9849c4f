import type { Reaction } from '@clearlot/service';
import type { Clients } from './clients.ts';

/** Door 3: what market-data reacts to. */
export const marketDataReactions: Reaction<Clients>[] = [];
