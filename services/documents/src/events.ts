import type { Reaction } from '@clearlot/service';
import { onAgreementsRequested } from './agreements/on-agreements-requested.ts';
import { onContractCancelled } from './agreements/on-contract-cancelled.ts';
import { onContractRequested } from './agreements/on-contract-requested.ts';
import { onSettlementCancelled } from './agreements/on-settlement-cancelled.ts';
import type { Clients } from './clients.ts';

/** Door 3: what this service reacts to. */
export const reactions: Reaction<Clients>[] = [
  onAgreementsRequested,
  onSettlementCancelled,
  onContractRequested,
  onContractCancelled,
];
