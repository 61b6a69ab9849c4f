import { IdentityServiceClient } from '@clearlot/proto/identity/v1/identity';
import { MarketDataServiceClient } from '@clearlot/proto/market/v1/market';
import {
  connectBus,
  connectGrpc,
  createAccessTokenVerifier,
  createLogger,
  createServiceCredentials,
  onShutdown,
  startTracing,
  watchRevokedSessions,
} from '@clearlot/service';
import { config } from './config.ts';
import { createGateway } from './server.ts';
import { createSessionExchange } from './session.ts';
import { createUpstream } from './upstream.ts';

const log = createLogger('gateway', config.LOG_LEVEL);
const stopTracing = await startTracing('gateway', config.OTEL_EXPORTER_OTLP_ENDPOINT);
const upstreams = {
  identity: createUpstream(config.IDENTITY_HTTP),
  deals: createUpstream(config.DEALS_HTTP),
  marketplace: createUpstream(config.MARKETPLACE_HTTP),
  payments: createUpstream(config.PAYMENTS_HTTP),
  documents: createUpstream(config.DOCUMENTS_HTTP),
  'market-data': createUpstream(config.MARKET_DATA_HTTP),
};
const credentials = createServiceCredentials('gateway', config.SERVICE_KEY, config.SERVICE_JWKS);
const identity = connectGrpc({
  ...{ client: IdentityServiceClient, audience: 'identity', addresses: config.IDENTITY_GRPC, credentials },
});
const marketData = connectGrpc({
  ...{ client: MarketDataServiceClient, audience: 'market-data', addresses: config.MARKET_DATA_GRPC, credentials },
});
const nats = await connectBus(config.NATS_URL, 'gateway');
const revoked = await watchRevokedSessions(nats);

let stopping = false;
const app = await createGateway({
  upstreams,
  sessions: createSessionExchange({ identity: identity.remote, revoked, publicUrl: config.PUBLIC_URL }),
  log,
  rateLimitPerMinute: config.RATE_LIMIT_PER_MINUTE,
  trustedProxies: config.TRUSTED_PROXIES,
  isReady: async () => !stopping && !nats.isClosed(),
  live: {
    nats,
    marketData: marketData.remote,
    tokens: createAccessTokenVerifier({ jwksUrls: config.JWKS_URL, isRevoked: revoked.has }),
    publicUrl: config.PUBLIC_URL,
  },
  web: { root: config.WEB_ROOT, publicUrl: config.PUBLIC_URL, demoAccounts: config.DEMO_ACCOUNTS },
});
await app.listen({ host: config.HTTP_HOST, port: config.HTTP_PORT });
log.info('ready');

onShutdown(log, async () => {
  stopping = true;
  await app.close();
  await Promise.all(Object.values(upstreams).map((upstream) => upstream.close()));
  identity.close();
  marketData.close();
  await revoked.stop();
  await nats.drain();
  await stopTracing();
});
