import { DocumentsServiceClient } from '@clearlot/proto/documents/v1/documents';
import { IdentityServiceClient } from '@clearlot/proto/identity/v1/identity';
import { PaymentsServiceClient } from '@clearlot/proto/payments/v1/payments';
import { runService } from '@clearlot/service';
import type { Clients } from './clients.ts';
import { config } from './config.ts';
import { dealsReactions } from './events.ts';
import { dealsRpcs } from './grpc.ts';
import { dealsRoutes } from './http.ts';
import { watchDeadlines } from './settlement/watch-deadlines.ts';

await runService<Clients>({
  name: 'deals',
  config,
  clients: (connect) => ({
    identity: connect(IdentityServiceClient, 'identity', config.IDENTITY_GRPC),
    payments: connect(PaymentsServiceClient, 'payments', config.PAYMENTS_GRPC),
    documents: connect(DocumentsServiceClient, 'documents', config.DOCUMENTS_GRPC),
  }),
  isSessionLive: async ({ clients }, sessionId) => (await clients.identity.introspectSession({ sessionId })).active,
  routes: dealsRoutes,
  rpcs: [dealsRpcs],
  reactions: dealsReactions,
  timers: [watchDeadlines],
});
