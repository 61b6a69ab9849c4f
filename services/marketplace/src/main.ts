import { DocumentsServiceClient } from '@clearlot/proto/documents/v1/documents';
import { IdentityServiceClient } from '@clearlot/proto/identity/v1/identity';
import { runService } from '@clearlot/service';
import type { Clients } from './clients.ts';
import { config } from './config.ts';
import { marketplaceReactions } from './events.ts';
import { marketplaceRpcs } from './grpc.ts';
import { marketplaceRoutes } from './http.ts';
import { createReceipts } from './sealing/receipts.ts';
import { marketplaceTimers } from './timers.ts';

await runService<Clients>({
  name: 'marketplace',
  config,
  clients: (connect) => ({
    identity: connect(IdentityServiceClient, 'identity', config.IDENTITY_GRPC),
    documents: connect(DocumentsServiceClient, 'documents', config.DOCUMENTS_GRPC),
    receipts: createReceipts(config.SERVICE_KEY),
  }),
  isSessionLive: async ({ clients }, sessionId) => (await clients.identity.introspectSession({ sessionId })).active,
  routes: marketplaceRoutes,
  rpcs: [marketplaceRpcs],
  reactions: marketplaceReactions,
  timers: marketplaceTimers,
});
