import { IdentityServiceClient } from '@clearlot/proto/identity/v1/identity';
import { createVault, runService } from '@clearlot/service';
import { finishAgreements } from './agreements/finish-agreement.ts';
import type { Clients } from './clients.ts';
import { config } from './config.ts';
import { documentRoutes } from './documents/routes.ts';
import { reactions } from './events.ts';
import { documentsRpcs } from './grpc.ts';

const vault = createVault(config.FILE_KEY);

await runService<Clients>({
  name: 'documents',
  config,
  clients: (connect) => ({
    identity: connect(IdentityServiceClient, 'identity', config.IDENTITY_GRPC),
    vault,
  }),
  async isSessionLive({ clients }, sessionId) {
    const { active } = await clients.identity.introspectSession({ sessionId });
    return active;
  },
  // A signature's request holds a legal name; its fingerprint must not be guessable.
  keyedHash: (hash) => vault.fingerprint(hash.toString('hex'), 'idempotency'),
  routes: documentRoutes,
  rpcs: [documentsRpcs],
  reactions,
  timers: [finishAgreements],
});
