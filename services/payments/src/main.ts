import { IdentityServiceClient } from '@clearlot/proto/identity/v1/identity';
import { type Remote, runService } from '@clearlot/service';
import { paymentsConfig } from './config.ts';
import { paymentsReactions } from './events.ts';
import { paymentsRpcs } from './grpc.ts';
import { paymentsRoutes } from './http.ts';
import { sealJournals } from './ledger/seal-journals.ts';

const config = paymentsConfig();

interface Clients {
  identity: Remote<IdentityServiceClient>;
}

await runService<Clients>({
  name: 'payments',
  config,
  clients: (connect) => ({ identity: connect(IdentityServiceClient, 'identity', config.IDENTITY_GRPC) }),
  isSessionLive: async ({ clients }, sessionId) => (await clients.identity.introspectSession({ sessionId })).active,
  routes: paymentsRoutes(config.bank),
  rpcs: [paymentsRpcs],
  reactions: paymentsReactions(config.bank),
  timers: [sealJournals],
});
