import type { JSONWebKeySet, JWK } from 'jose';
import { z } from 'zod';

const list = z.string().transform((text) =>
  text
    .split(',')
    .map((each) => each.trim())
    .filter(Boolean),
);
const json = <T>() => z.string().transform((text) => JSON.parse(text) as T);

/** Settings every service has; a service adds its own with `serviceConfig.extend({…})`. */
export const serviceConfig = z.object({
  HTTP_HOST: z.string().default('0.0.0.0'),
  HTTP_PORT: z.coerce.number().int(),
  GRPC_PORT: z.coerce.number().int(),
  DATABASE_URL: z.url(),
  NATS_URL: z.string(),
  /** Where identity publishes its signing keys; several for replicas. */
  JWKS_URL: list,
  /** This service's private Ed25519 JWK. */
  SERVICE_KEY: json<JWK>(),
  /** The public keys of all services, `kid` = name. */
  SERVICE_JWKS: json<JSONWebKeySet>(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  /** A few for each core of the database: more only contend (16 instead of 8 cost a fifth more on two cores). */
  DATABASE_POOL_MAX: z.coerce.number().int().min(2).max(200).default(8),
  /**
   * A replica that is silent for this long is taken for dead: its unacknowledged messages and the relaying go to another.
   * Milliseconds; a handler that takes longer says so in between.
   */
  TAKEOVER_MS: z.coerce.number().int().min(500).max(60_000).default(2_000),
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url().optional(),
});

export type ServiceConfig = z.output<typeof serviceConfig>;

/** Addresses of another service: `host:port`, several separated by commas. */
export const addresses = list;

/** Reads the environment once, at boot; fails naming every missing or bad variable, never their values. */
export function readConfig<S extends z.ZodType>(
  schema: S,
  environment: Record<string, string | undefined>,
): z.output<S> {
  const result = schema.safeParse(environment);
  if (result.success) return result.data;
  const lines = result.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`Configuration is not usable:\n${lines.join('\n')}`);
}
