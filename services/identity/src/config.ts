import { addresses, readConfig, serviceConfig } from '@clearlot/service';
import type { JWK } from 'jose';
import { z } from 'zod';

const identityConfig = serviceConfig.extend({
  /** Private Ed25519 JWK (with `kid`) that signs access tokens. */
  ACCESS_TOKEN_KEY: z.string().transform((text) => JSON.parse(text) as JWK),
  /** 32 bytes in base64: seals personal data at rest. */
  PII_KEY: z.string(),
  SMTP_URL: z.url(),
  MAIL_FROM: z.string().default('Clearlot <no-reply@clearlot.example>'),
  /** Where people reach the platform; every link in an e-mail starts with it, whatever a request claims. */
  PUBLIC_URL: z.url().transform((text) => text.replace(/\/+$/, '')),
  DOCUMENTS_GRPC: addresses,
});

const operatorConfig = z.object({
  DATABASE_URL: z.url(),
  PII_KEY: z.string(),
  OPERATOR_EMAIL: z.email(),
  OPERATOR_PASSWORD: z.string(),
  OPERATOR_NAME: z.string().min(1),
});

/** The settings of the running service. */
export const readIdentityConfig = () => readConfig(identityConfig, process.env);
/** The settings of the create-operator command; secrets come by environment and never by argument. */
export const readOperatorConfig = () => readConfig(operatorConfig, process.env);
