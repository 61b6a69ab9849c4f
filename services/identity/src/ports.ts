import type { DocumentsServiceClient } from '@clearlot/proto/documents/v1/documents';
import type { Context, Remote, Vault } from '@clearlot/service';
import type { Mailer } from './mail/mailer.ts';
import type { AccessTokenIssuer } from './sessions/access-tokens.ts';

/** What identity's actions reach the world through. */
export interface Ports {
  documents: Remote<DocumentsServiceClient>;
  vault: Vault;
  accessTokens: AccessTokenIssuer;
  mailer: Mailer;
  publicUrl: string;
}

export type IdentityContext = Context<Ports>;
