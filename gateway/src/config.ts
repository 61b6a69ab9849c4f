import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { addresses, readConfig } from '@clearlot/service';
import type { JSONWebKeySet, JWK } from 'jose';
import { z } from 'zod';

const json = <T>() => z.string().transform((text) => JSON.parse(text) as T);

const demoAccount = z.object({ role: z.string(), name: z.string(), email: z.email(), password: z.string() });

export const config = readConfig(
  z.object({
    HTTP_HOST: z.string().default('0.0.0.0'),
    HTTP_PORT: z.coerce.number().int(),
    IDENTITY_HTTP: addresses,
    DEALS_HTTP: addresses,
    MARKETPLACE_HTTP: addresses,
    PAYMENTS_HTTP: addresses,
    DOCUMENTS_HTTP: addresses,
    MARKET_DATA_HTTP: addresses,
    IDENTITY_GRPC: addresses,
    MARKET_DATA_GRPC: addresses,
    NATS_URL: z.string(),
    /** Where the keys are that access tokens are signed with. */
    JWKS_URL: addresses,
    SERVICE_KEY: json<JWK>(),
    SERVICE_JWKS: json<JSONWebKeySet>(),
    /** Where browsers reach the platform; a cookie session may write only from here. */
    PUBLIC_URL: z.url(),
    /** Folder of the built web app; without it the gateway serves the API only. */
    WEB_ROOT: z
      .string()
      .refine((folder) => existsSync(join(folder, 'index.html')), 'has no index.html in it')
      .optional(),
    /** People to look around as, published to everybody: a demonstration on one machine sets it and nothing else does. */
    DEMO_ACCOUNTS: json<unknown>().pipe(z.array(demoAccount)).optional(),
    /** Proxies in front of the gateway whose X-Forwarded-For is believed; none unless named. */
    TRUSTED_PROXIES: addresses.default([]),
    /** Requests per minute of one session, or of one address when nobody is signed in. */
    RATE_LIMIT_PER_MINUTE: z.coerce.number().int().min(1).default(6_000),
    LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
    OTEL_EXPORTER_OTLP_ENDPOINT: z.url().optional(),
  }),
  process.env,
);
