import type { IdentityServiceClient } from '@clearlot/proto/identity/v1/identity';
import type { MarketplaceServiceClient } from '@clearlot/proto/marketplace/v1/marketplace';
import type { Context, Remote } from '@clearlot/service';
import type { Webhooks } from './alerts/webhooks.ts';
import type { Ticker } from './observations/ticker.ts';
import type { SourceAccess } from './sources/source-access.ts';
import type { SummaryAccess } from './summaries/summary-writer.ts';
import type { TradeRules } from './trades/trade-rules.ts';

/** What the actions of this service reach outside of their transaction. */
export interface Clients {
  identity: Remote<IdentityServiceClient>;
  marketplace: Remote<MarketplaceServiceClient>;
  /** Says and hears that prices changed, in every replica, and remembers the newest ones. */
  ticker: Ticker;
  /** Vendors this process has keys for. */
  sourceAccess: SourceAccess;
  /** Sends and signs webhooks of alerts. */
  webhooks: Webhooks;
  /** Who writes daily summaries, when and in which languages. */
  summaries: SummaryAccess;
  /** How the platform's own trades are told. */
  trades: TradeRules;
}

export type Ctx = Context<Clients>;
