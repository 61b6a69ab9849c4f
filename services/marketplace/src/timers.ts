import type { Timer } from '@clearlot/service';
import { followAwards } from './auctions/follow-awards.ts';
import { finishJoins } from './auctions/join-auction.ts';
import { settleAuctions } from './auctions/settle-auction.ts';
import { endStandstill } from './awards/end-standstill.ts';
import { watchContracts } from './awards/watch-contracts.ts';
import type { Clients } from './clients.ts';
import { watchOrders } from './orders/watch-orders.ts';
import { tellAskers } from './questions/tell-askers.ts';
import { expireQuotes } from './quotes/expire-quotes.ts';
import { closeRfqs } from './rfqs/close-rfqs.ts';
import { expireRfqs } from './rfqs/expire-rfqs.ts';

/** What is done when its time has come: deadlines live in rows, these look for them. */
export const marketplaceTimers: Timer<Clients>[] = [
  closeRfqs,
  expireRfqs,
  endStandstill,
  watchContracts,
  tellAskers,
  watchOrders,
  expireQuotes,
  finishJoins,
  settleAuctions,
  followAwards,
];
