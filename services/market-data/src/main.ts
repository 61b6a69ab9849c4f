import { IdentityServiceClient } from '@clearlot/proto/identity/v1/identity';
import { MarketplaceServiceClient } from '@clearlot/proto/marketplace/v1/marketplace';
import { runService } from '@clearlot/service';
import { createWebhooks } from './alerts/webhooks.ts';
import type { Clients } from './clients.ts';
import { config } from './config.ts';
import { marketDataReactions } from './events.ts';
import { marketDataRpcs } from './grpc.ts';
import { marketDataRoutes } from './http.ts';
import { createTicker } from './observations/ticker.ts';
import { sourceAccess } from './sources/source-access.ts';
import { summaryAccess } from './summaries/summary-writer.ts';
import { marketDataTimers } from './timers.ts';
import { tradeRules } from './trades/trade-rules.ts';

const ticker = createTicker();

await runService<Clients>({
  name: 'market-data',
  area: 'market',
  config,
  clients: (connect) => ({
    identity: connect(IdentityServiceClient, 'identity', config.IDENTITY_GRPC),
    marketplace: connect(MarketplaceServiceClient, 'marketplace', config.MARKETPLACE_GRPC),
    ticker,
    sourceAccess: sourceAccess(config),
    webhooks: createWebhooks({ key: String(config.SERVICE_KEY.d), allowPrivate: config.WEBHOOK_ALLOW_PRIVATE }),
    summaries: summaryAccess(config),
    trades: tradeRules(config),
  }),
  isSessionLive: async ({ clients }, sessionId) => (await clients.identity.introspectSession({ sessionId })).active,
  routes: marketDataRoutes,
  rpcs: [marketDataRpcs],
  reactions: marketDataReactions,
  timers: marketDataTimers,
  open: (_parts, nats) => ticker.open(nats),
});
