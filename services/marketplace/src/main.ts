import { DocumentsServiceClient } from '@clearlot/proto/documents/v1/documents';
import { IdentityServiceClient } from '@clearlot/proto/identity/v1/identity';
import { PaymentsServiceClient } from '@clearlot/proto/payments/v1/payments';
import { runService } from '@clearlot/service';
import { createAuctionHouse } from './auctions/house/house.ts';
import type { Clients } from './clients.ts';
import { config } from './config.ts';
import { marketplaceReactions } from './events.ts';
import { marketplaceRpcs } from './grpc.ts';
import { marketplaceRoutes } from './http.ts';
import { createReceipts } from './sealing/receipts.ts';
import { marketplaceTimers } from './timers.ts';

const auctions = createAuctionHouse();

await runService<Clients>({
  name: 'marketplace',
  config,
  clients: (connect) => ({
    identity: connect(IdentityServiceClient, 'identity', config.IDENTITY_GRPC),
    documents: connect(DocumentsServiceClient, 'documents', config.DOCUMENTS_GRPC),
    payments: connect(PaymentsServiceClient, 'payments', config.PAYMENTS_GRPC),
    receipts: createReceipts(config.SERVICE_KEY),
    auctions,
  }),
  isSessionLive: async ({ clients }, sessionId) => (await clients.identity.introspectSession({ sessionId })).active,
  routes: marketplaceRoutes,
  rpcs: [marketplaceRpcs],
  reactions: marketplaceReactions,
  timers: marketplaceTimers,
  open: (parts, nats) => auctions.open(parts, nats),
});
