import type { DocumentsServiceClient } from '@clearlot/proto/documents/v1/documents';
import type { IdentityServiceClient } from '@clearlot/proto/identity/v1/identity';
import type { PaymentsServiceClient } from '@clearlot/proto/payments/v1/payments';
import type { Context, Remote } from '@clearlot/service';

/** The services deals asks. */
export interface Clients {
  identity: Remote<IdentityServiceClient>;
  payments: Remote<PaymentsServiceClient>;
  documents: Remote<DocumentsServiceClient>;
}

export type Ctx = Context<Clients>;
