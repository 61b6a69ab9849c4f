import { events } from '@clearlot/proto/events';
import type { ContractRequested } from '@clearlot/proto/marketplace/v1/events';
import { reaction } from '@clearlot/service';
import type { Clients } from '../clients.ts';
import { tradesOfContract } from './platform-trade.ts';
import { recordTrades } from './record-trades.ts';
import type { TradeRules } from './trade-rules.ts';

/** A sale was agreed: each line of its contract is a trade. */
export const onContractRequested = reaction<ContractRequested, Clients, TradeRules>({
  name: 'on-contract-requested',
  type: events.contractRequested,
  prepare: async ({ clients }) => clients.trades,
  handle: (tx, event, { windowMs }, { occurredAt }) => recordTrades(tx, tradesOfContract(event, occurredAt), windowMs),
});
