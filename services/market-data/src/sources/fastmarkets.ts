import { z } from 'zod';
import { sourceFailures } from './errors.ts';
import { type SymbolMap, statedBasis } from './fastmarkets-mapping.ts';
import { type ExchangeLimits, exchangeJson } from './http-exchange.ts';
import { middleOf, readPrice } from './read-price.ts';
import { type Fetched, type FetchedFigure, newestDay, type SourcePort } from './source-port.ts';

export interface FastmarketsAccess {
  authUrl: string;
  url: string;
  serviceName: string;
  serviceKey: string;
  limits?: ExchangeLimits;
}

const token = z.object({ access_token: z.string().min(1) });
const instrumentList = z.object({ instruments: z.array(z.looseObject({ symbol: z.string() })) });
const priceList = z.object({
  instruments: z.array(
    z.object({
      symbol: z.string(),
      prices: z.array(
        z.object({
          assessmentDate: z.iso.datetime({ offset: true }),
          revision: z.number().int().min(0).default(0),
          low: z.unknown(),
          mid: z.unknown().optional(),
          high: z.unknown(),
        }),
      ),
    }),
  ),
});

const dayMs = 86_400_000;
/** Asked for again each time: revisions come days after the assessment. */
const overlapDays = 10;
/** How far back a first fetch goes. */
const firstDays = 90;

/**
 * Assessments of Fastmarkets by symbol, with unit, currency and Incoterm of the vendor's own instrument data, read with the
 * prices each time so that a change is seen. An assessment's edition is its revision.
 */
export function fastmarkets(access: FastmarketsAccess, symbols: SymbolMap, now: () => Date): SourcePort {
  const { url, limits } = access;
  return {
    async fetch(since) {
      const authorization = `Bearer ${await signIn(access)}`;
      const ask = async (path: string, query: Record<string, string>) =>
        exchangeJson(
          {
            url: `${url}/${path}?${new URLSearchParams(query)}`,
            headers: { authorization, 'cache-control': 'no-cache' },
          },
          limits,
        );
      const wanted = Object.keys(symbols).join(',');
      const to = now();
      const from = since ? since.getTime() - overlapDays * dayMs : to.getTime() - firstDays * dayMs;
      const fields = 'Location,Currency,UnitOfMeasure,Incoterm';
      const [described, priced] = await Promise.all([
        ask('Instruments', { symbols: wanted, fields }),
        ask('Prices/history', { symbols: wanted, fromDate: isoDay(new Date(from)), toDate: isoDay(to) }),
      ]);
      return read(described, priced, symbols);
    },
  };
}

async function signIn({ authUrl, serviceName, serviceKey, limits }: FastmarketsAccess): Promise<string> {
  const form = {
    ...{ grant_type: 'servicekey', client_id: 'service_client', scope: 'fastmarkets.physicalprices.api' },
    ...{ serviceName, serviceKey },
  };
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const body = new URLSearchParams(form).toString();
  return parsed(token, await exchangeJson({ url: authUrl, method: 'POST', headers, body }, limits)).access_token;
}

function read(described: unknown, priced: unknown, symbols: SymbolMap): Fetched {
  const stated = new Map(parsed(instrumentList, described).instruments.map((each) => [each.symbol, statedBasis(each)]));
  const figures = parsed(priceList, priced).instruments.flatMap(({ symbol, prices }) =>
    prices.map((price): FetchedFigure => {
      const lowMicros = micros(price.low);
      const highMicros = micros(price.high);
      return {
        instrumentCode: symbols[symbol] ?? null,
        symbol,
        edition: `${price.assessmentDate.slice(0, 10)} revision ${price.revision}`,
        validAt: new Date(price.assessmentDate),
        lowMicros,
        midMicros: price.mid === undefined || price.mid === null ? middleOf(lowMicros, highMicros) : micros(price.mid),
        highMicros,
        kind: 'assessment',
        stated: stated.get(symbol) ?? {},
        citationUrl: null,
      };
    }),
  );
  return { edition: newestDay(figures), figures };
}

function micros(value: unknown): bigint {
  const read = readPrice(value);
  if (read === undefined) throw sourceFailures.error('MARKET_SOURCE_MALFORMED', 'A price is not a number.');
  return read;
}

function parsed<S extends z.ZodType>(shape: S, value: unknown): z.output<S> {
  const result = shape.safeParse(value);
  if (result.success) return result.data;
  const at = result.error.issues[0]?.path.join('.') ?? '';
  throw sourceFailures.error('MARKET_SOURCE_MALFORMED', `The answer has another shape than expected at "${at}".`);
}

function isoDay(at: Date): string {
  return at.toISOString().slice(0, 10);
}
