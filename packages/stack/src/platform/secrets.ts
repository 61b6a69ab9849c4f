import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

type Jwk = Record<string, unknown>;

/** Everything secret a platform on one machine needs. Made once; losing it makes the stored data unreadable. */
export type Secrets = {
  databases: Record<string, { migratorPassword: string; appPassword: string }>;
  serviceKeys: Record<string, Jwk>;
  accessTokenKey: Jwk;
  piiKey: string;
  fileKey: string;
};

/** Reads the secrets, adding what a new service needs. The file is readable by its owner only. */
export function loadSecrets(file: string, databases: string[], callers: string[]): Secrets {
  const known: Partial<Secrets> = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const secrets: Secrets = {
    databases: { ...known.databases },
    serviceKeys: { ...known.serviceKeys },
    accessTokenKey: known.accessTokenKey ?? ed25519Key(`access-${randomBytes(4).toString('hex')}`),
    piiKey: known.piiKey ?? randomBytes(32).toString('base64'),
    fileKey: known.fileKey ?? randomBytes(32).toString('base64'),
  };
  const password = () => randomBytes(24).toString('base64url');
  for (const name of databases) secrets.databases[name] ??= { migratorPassword: password(), appPassword: password() };
  for (const name of callers) secrets.serviceKeys[name] ??= ed25519Key(name);
  mkdirSync(dirname(file), { recursive: true });
  // Written aside and renamed: a crash half way must not cost the keys.
  writeFileSync(`${file}.new`, JSON.stringify(secrets, null, 2), { mode: 0o600 });
  chmodSync(`${file}.new`, 0o600);
  renameSync(`${file}.new`, file);
  return secrets;
}

/** The public halves of all service keys, as every process verifies its callers with. */
export function publicKeys(secrets: Secrets): { keys: Jwk[] } {
  return {
    keys: Object.values(secrets.serviceKeys).map(({ kty, crv, x, kid, alg, use }) => ({ kty, crv, x, kid, alg, use })),
  };
}

function ed25519Key(kid: string): Jwk {
  return { ...generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }), kid, alg: 'EdDSA', use: 'sig' };
}
