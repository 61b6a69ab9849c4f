import type { DocumentsServiceClient } from '@clearlot/proto/documents/v1/documents';
import type { IdentityServiceClient } from '@clearlot/proto/identity/v1/identity';
import type { Context, Remote } from '@clearlot/service';
import type { Receipts } from './sealing/receipts.ts';

/** What the actions of this service reach outside of their transaction. */
export interface Clients {
  identity: Remote<IdentityServiceClient>;
  documents: Remote<DocumentsServiceClient>;
  /** Signs receipts of sealed responses. */
  receipts: Receipts;
}

export type Ctx = Context<Clients>;
