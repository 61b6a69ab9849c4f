import { z } from 'zod';
import { type Instrument, incoterms, units } from '../instruments/instrument.ts';
import { sourceFailures } from './errors.ts';
import { type ExchangeLimits, exchangeJson } from './http-exchange.ts';
import { middleOf, readPrice } from './read-price.ts';
import type { FetchedFigure, SourcePort } from './source-port.ts';

export interface PerplexityAccess {
  url: string;
  apiKey: string;
  model: string;
  limits?: ExchangeLimits;
}

const completion = z.object({
  choices: z.array(z.object({ message: z.object({ content: z.string() }) })).min(1),
  citations: z.array(z.string()).default([]),
  search_results: z.array(z.object({ url: z.string() })).default([]),
});

const research = z.object({
  figures: z
    .array(
      z.object({
        instrumentCode: z.string(),
        date: z.iso.date(),
        low: z.string(),
        high: z.string(),
        currency: z.string(),
        unit: z.enum(units),
        incoterm: z.enum(incoterms),
        citationUrl: z.string(),
      }),
    )
    .max(50),
});

const researchMs = 90_000;

/**
 * What Perplexity found published on the web, through its OpenAI-style chat completions. A model's reading is a lead, not a
 * price: each figure must cite one of the pages the answer itself was searched from, and the source's rules keep every one
 * back for review.
 */
export function perplexity(access: PerplexityAccess, instruments: readonly Instrument[], now: () => Date): SourcePort {
  const limits = access.limits ?? { timeoutMs: researchMs, bytesMax: 2 * 1024 * 1024 };
  return {
    async fetch() {
      const answer = completion.safeParse(
        await exchangeJson(
          {
            url: `${access.url}/chat/completions`,
            method: 'POST',
            headers: { authorization: `Bearer ${access.apiKey}`, 'content-type': 'application/json' },
            body: JSON.stringify(question(access.model, instruments, now())),
          },
          limits,
        ),
      );
      if (!answer.success) throw sourceFailures.error('MARKET_SOURCE_MALFORMED', 'The answer is no completion.');
      const { choices, citations, search_results: results } = answer.data;
      const searched = new Set([...citations, ...results.map((each) => each.url)].flatMap((url) => pageOf(url) ?? []));
      const figures = readFigures(choices[0]?.message.content ?? '').map((each) => figureOf(each, searched));
      return { edition: `research of ${now().toISOString().slice(0, 10)}`, figures };
    },
  };
}

function question(model: string, instruments: readonly Instrument[], now: Date) {
  const wanted = instruments.map(({ code, name, region, incoterm, currency, unit, taxBasis }) => ({
    ...{ instrumentCode: code, name, region, incoterm, currency, unit, taxBasis },
  }));
  return {
    model,
    temperature: 0,
    messages: [
      {
        role: 'system',
        content:
          'You look up published commodity prices. Report only figures that a page you cite states, exactly on the basis asked for, never converted, estimated or remembered. Leave out what you do not find.',
      },
      {
        role: 'user',
        content: `Today is ${now.toISOString().slice(0, 10)}. Find the newest published price range of each of these: ${JSON.stringify(wanted)}`,
      },
    ],
    response_format: { type: 'json_schema', json_schema: { schema: z.toJSONSchema(research) } },
  };
}

function readFigures(content: string): z.output<typeof research>['figures'] {
  let json: unknown;
  try {
    json = JSON.parse(content);
  } catch {
    throw sourceFailures.error('MARKET_SOURCE_MALFORMED', 'The research is not JSON.');
  }
  const result = research.safeParse(json);
  if (!result.success)
    throw sourceFailures.error('MARKET_SOURCE_MALFORMED', 'The research has another shape than asked.');
  return result.data.figures;
}

function figureOf(found: z.output<typeof research>['figures'][number], searched: ReadonlySet<string>): FetchedFigure {
  const lowMicros = readPrice(found.low);
  const highMicros = readPrice(found.high);
  if (lowMicros === undefined || highMicros === undefined) {
    throw sourceFailures.error('MARKET_SOURCE_MALFORMED', 'A price is not a number.');
  }
  const page = pageOf(found.citationUrl);
  const cited = page !== undefined && searched.has(page);
  return {
    instrumentCode: found.instrumentCode,
    symbol: found.instrumentCode,
    edition: found.citationUrl.slice(0, 500),
    validAt: new Date(found.date),
    lowMicros,
    midMicros: middleOf(lowMicros, highMicros),
    highMicros,
    kind: 'assessment',
    stated: { currency: found.currency, unit: found.unit, incoterm: found.incoterm },
    citationUrl: cited ? page : null,
  };
}

/** The page an address is of, without its fragment; undefined for what is no web address. */
function pageOf(text: string): string | undefined {
  if (text.length > 2_000 || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return undefined;
  url.hash = '';
  return url.href;
}
