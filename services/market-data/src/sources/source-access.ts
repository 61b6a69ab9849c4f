import { z } from 'zod';
import { readMicros } from '../conversion/decimal.ts';
import type { Instrument } from '../instruments/instrument.ts';
import type { Source } from '../observations/tables.ts';
import { sourceFailures } from './errors.ts';
import { type FastmarketsAccess, fastmarkets } from './fastmarkets.ts';
import type { ExchangeLimits } from './http-exchange.ts';
import { httpSource } from './http-source.ts';
import { type PerplexityAccess, perplexity } from './perplexity.ts';
import { settingsOf } from './settings.ts';
import { simulated } from './simulated.ts';
import { fetchedKinds, type SourcePort } from './source-port.ts';

/** Keys and addresses of vendors. All optional: a source without its key is shown as not configured. */
export const sourceConfig = {
  FASTMARKETS_SERVICE_NAME: z.string().min(1).optional(),
  FASTMARKETS_SERVICE_KEY: z.string().min(1).optional(),
  FASTMARKETS_AUTH_URL: z.url().default('https://auth.fastmarkets.com/connect/token'),
  FASTMARKETS_API_URL: z.url().default('https://api.fastmarkets.com/physical/v2'),
  PERPLEXITY_API_KEY: z.string().min(1).optional(),
  PERPLEXITY_API_URL: z.url().default('https://api.perplexity.ai'),
  PERPLEXITY_MODEL: z.string().min(1).default('sonar-pro'),
  /** Allows simulated figures, for demonstrations, as long as no live source is configured. */
  SIMULATED_FEED: z.stringbool().default(false),
  /** Lets operators' sources be at http and private addresses: for a platform on one machine, never in production. */
  SOURCES_ALLOW_PRIVATE: z.stringbool().default(false),
};

type SourceSettings = z.output<z.ZodObject<typeof sourceConfig>>;

/** What this process may reach. */
export interface SourceAccess {
  fastmarkets?: FastmarketsAccess;
  perplexity?: PerplexityAccess;
  simulatedFeed: boolean;
  /** Of addresses operators give; vendors' addresses are the environment's word. */
  allowPrivate: boolean;
  /** Of every exchange with a vendor; each has its own if this is absent. */
  limits?: ExchangeLimits;
}

/** The access that the environment gives. */
export function sourceAccess(settings: SourceSettings): SourceAccess {
  const { FASTMARKETS_SERVICE_NAME: serviceName, FASTMARKETS_SERVICE_KEY: serviceKey } = settings;
  const { PERPLEXITY_API_KEY: apiKey, PERPLEXITY_MODEL: model } = settings;
  const urls = { authUrl: settings.FASTMARKETS_AUTH_URL, url: settings.FASTMARKETS_API_URL };
  return {
    ...(serviceName && serviceKey ? { fastmarkets: { ...urls, serviceName, serviceKey } } : {}),
    ...(apiKey ? { perplexity: { url: settings.PERPLEXITY_API_URL, apiKey, model } } : {}),
    simulatedFeed: settings.SIMULATED_FEED,
    allowPrivate: settings.SOURCES_ALLOW_PRIVATE,
  };
}

type Named = Pick<Source, 'kind' | 'enabled'>;

/**
 * True for a source that can bring figures here and now. Simulated figures only where they are allowed and no live feed is
 * configured: what a language model finds is not a feed.
 */
export function isConfigured(source: Named, all: readonly Named[], access: SourceAccess): boolean {
  switch (source.kind) {
    case 'fastmarkets':
      return access.fastmarkets !== undefined;
    case 'perplexity':
      return access.perplexity !== undefined;
    case 'simulated':
      return access.simulatedFeed && !all.some((each) => each.enabled && isLive(each, access));
    default:
      return true;
  }
}

function isLive({ kind }: Named, access: SourceAccess): boolean {
  return kind === 'http' || (kind === 'fastmarkets' && access.fastmarkets !== undefined);
}

/** True for sources that are fetched on a schedule. */
export function isFetched({ kind }: Pick<Source, 'kind'>): boolean {
  return (fetchedKinds as readonly string[]).includes(kind);
}

/**
 * Opens a fetched source. `instruments` are those its settings name. Errors: MARKET_SOURCE_NOT_CONFIGURED,
 * MARKET_SOURCE_SETTINGS_INVALID.
 */
export function openSource(
  { kind }: Pick<Source, 'kind'>,
  settings: unknown,
  access: SourceAccess,
  instruments: readonly Instrument[],
  now: () => Date,
): SourcePort {
  const within = access.limits ? { limits: access.limits } : {};
  switch (kind) {
    case 'fastmarkets':
      if (!access.fastmarkets) break;
      return fastmarkets({ ...access.fastmarkets, ...within }, settingsOf(kind, settings).symbols, now);
    case 'perplexity': {
      if (!access.perplexity) break;
      const asked = new Set(settingsOf(kind, settings).instruments);
      const known = instruments.filter((each) => asked.has(each.code));
      return perplexity({ ...access.perplexity, ...within }, known, now);
    }
    case 'http': {
      const { url, mapping } = settingsOf(kind, settings);
      return httpSource(url, mapping, { allowPrivate: access.allowPrivate, ...within });
    }
    case 'simulated': {
      const given = Object.entries(settingsOf(kind, settings).instruments);
      const walks = given.map(([code, { start, seed }]) => [code, { startMicros: readMicros(start), seed }] as const);
      return simulated(Object.fromEntries(walks), now);
    }
  }
  throw sourceFailures.error('MARKET_SOURCE_NOT_CONFIGURED');
}
