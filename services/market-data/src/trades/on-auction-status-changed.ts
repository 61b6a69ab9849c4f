import { events } from '@clearlot/proto/events';
import type { AuctionStatusChanged } from '@clearlot/proto/marketplace/v1/events';
import { reaction } from '@clearlot/service';
import type { Clients } from '../clients.ts';
import { tradesOfAuction } from './platform-trade.ts';
import { recordTrades } from './record-trades.ts';
import type { TradeRules } from './trade-rules.ts';

/** An auction that closed with a sale is a trade. */
export const onAuctionStatusChanged = reaction<AuctionStatusChanged, Clients, TradeRules>({
  name: 'on-auction-status-changed',
  type: events.auctionStatusChanged,
  prepare: async ({ clients }) => clients.trades,
  handle: (tx, event, { windowMs }) => recordTrades(tx, tradesOfAuction(event), windowMs),
});
