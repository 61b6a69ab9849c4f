import { isIP } from 'node:net';
import { isDomainError } from '@clearlot/kernel';
import { isPublicAddress } from '../alerts/public-address.ts';
import { sourceFailures } from './errors.ts';
import { type ExchangeLimits, exchange } from './http-exchange.ts';
import type { ImportMapping } from './import-mapping.ts';
import { readImport } from './read-import.ts';
import { newestDay, type SourcePort } from './source-port.ts';

export interface HttpReach {
  /** Over http and to private addresses too: for a platform on one machine, never in production. */
  allowPrivate: boolean;
  limits?: ExchangeLimits;
}

/**
 * Any CSV or JSON file at an address an operator gave, read by a mapping. Errors: those of an exchange,
 * MARKET_SOURCE_MALFORMED.
 */
export function httpSource(url: string, mapping: ImportMapping, { allowPrivate, limits }: HttpReach): SourcePort {
  return {
    async fetch() {
      if (!allowPrivate) checkAddress(new URL(url));
      const text = await exchange({ url, publicOnly: !allowPrivate }, limits);
      const figures = readable(text, mapping);
      return { edition: newestDay(figures), figures };
    },
  };
}

/** An address in figures is never looked up, so it is looked at here. */
function checkAddress({ protocol, hostname }: URL): void {
  const host = hostname.replace(/^\[|\]$/g, '');
  if (protocol === 'https:' && (isIP(host) === 0 || isPublicAddress(host))) return;
  throw sourceFailures.error('MARKET_SOURCE_ADDRESS_REFUSED');
}

function readable(text: string, mapping: ImportMapping) {
  try {
    return readImport(text, mapping);
  } catch (error) {
    if (!isDomainError(error)) throw error;
    const first = error.errors[0];
    const detail = first ? `${error.detail} ${first.pointer}: ${first.message}` : error.detail;
    throw sourceFailures.error('MARKET_SOURCE_MALFORMED', detail);
  }
}
