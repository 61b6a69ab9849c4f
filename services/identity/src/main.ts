import { DocumentsServiceClient } from '@clearlot/proto/documents/v1/documents';
import { createVault, runService } from '@clearlot/service';
import { readIdentityConfig } from './config.ts';
import { identityReactions } from './events.ts';
import { identityRpcs } from './grpc.ts';
import { identityRoutes } from './http.ts';
import { createMailer } from './mail/mailer.ts';
import { sendDueMailTimer } from './mail/send-due-mail.ts';
import type { Ports } from './ports.ts';
import { createAccessTokenIssuer } from './sessions/access-tokens.ts';
import { isSessionLive } from './sessions/introspect-session.ts';
import { tidySessions } from './sessions/tidy.ts';

const config = readIdentityConfig();
const vault = createVault(config.PII_KEY);

await runService<Ports>({
  name: 'identity',
  config,
  clients: (connect) => ({
    documents: connect(DocumentsServiceClient, 'documents', config.DOCUMENTS_GRPC),
    vault,
    accessTokens: createAccessTokenIssuer(config.ACCESS_TOKEN_KEY),
    mailer: createMailer(config.SMTP_URL, config.MAIL_FROM),
    publicUrl: config.PUBLIC_URL,
  }),
  isSessionLive,
  routes: identityRoutes,
  // Bodies here hold passwords, names and addresses: an unkeyed hash of one could be guessed offline.
  keyedHash: (hash) => vault.fingerprint(hash.toString('hex'), 'identity.request'),
  rpcs: [identityRpcs],
  reactions: identityReactions(vault),
  timers: [sendDueMailTimer, tidySessions],
});
