import type { IdentityServiceClient } from '@clearlot/proto/identity/v1/identity';
import type { Context, Remote, Vault } from '@clearlot/service';

/** What the actions of this service reach outside of their transaction. */
export interface Clients {
  identity: Remote<IdentityServiceClient>;
  /** Seals files, agreements and names. */
  vault: Vault;
}

export type DocumentsContext = Context<Clients>;
