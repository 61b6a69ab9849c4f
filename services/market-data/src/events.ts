import type { Reaction } from '@clearlot/service';
import type { Clients } from './clients.ts';
import { onAuctionStatusChanged } from './trades/on-auction-status-changed.ts';
import { onContractCancelled } from './trades/on-contract-cancelled.ts';
import { onContractRequested } from './trades/on-contract-requested.ts';

/** Door 3: what market-data reacts to. */
export const marketDataReactions: Reaction<Clients>[] = [
  onContractRequested,
  onContractCancelled,
  onAuctionStatusChanged,
];
