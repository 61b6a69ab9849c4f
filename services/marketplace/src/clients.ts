import type { DocumentsServiceClient } from '@clearlot/proto/documents/v1/documents';
import type { IdentityServiceClient } from '@clearlot/proto/identity/v1/identity';
import type { PaymentsServiceClient } from '@clearlot/proto/payments/v1/payments';
import type { Context, Remote } from '@clearlot/service';
import type { AuctionHouse } from './auctions/house/house.ts';
import type { Receipts } from './sealing/receipts.ts';

/** What the actions of this service reach outside of their transaction. */
export interface Clients {
  identity: Remote<IdentityServiceClient>;
  documents: Remote<DocumentsServiceClient>;
  payments: Remote<PaymentsServiceClient>;
  /** Signs receipts of sealed responses and of bids. */
  receipts: Receipts;
  /** Where auctions are written. */
  auctions: AuctionHouse;
}

export type Ctx = Context<Clients>;
