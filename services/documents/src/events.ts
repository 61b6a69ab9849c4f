import type { Reaction } from '@clearlot/service';
import { onAgreementsRequested } from './agreements/on-agreements-requested.ts';
import { onSettlementCancelled } from './agreements/on-settlement-cancelled.ts';
import type { Clients } from './clients.ts';

/** Door 3: what this service reacts to. */
export const reactions: Reaction<Clients>[] = [onAgreementsRequested, onSettlementCancelled];
