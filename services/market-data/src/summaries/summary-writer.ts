import { GoogleGenerativeAI, GoogleGenerativeAIAbortError, GoogleGenerativeAIFetchError } from '@google/generative-ai';
import { z } from 'zod';
import { type Locale, locales } from './language.ts';
import type { Prompt } from './prompt.ts';

/** Writes a text for a prompt. What it writes is believed only after checkText. */
export interface SummaryWriter {
  readonly model: string;
  /** Throws a {@link WriterFailure}. */
  write(prompt: Prompt): Promise<string>;
}

/** Why a model wrote nothing: `HTTP_429`, `TIMEOUT`, `NO_TEXT`, `TRUNCATED` or `MALFORMED`. */
export class WriterFailure extends Error {
  readonly code: string;
  constructor(code: string, cause?: unknown) {
    super(code, { cause });
    this.code = code;
  }
}

/** Settings of summaries; without a key every one is written by the template. */
export const summaryConfig = {
  GEMINI_API_KEY: z.string().min(1).optional(),
  GEMINI_MODEL: z.string().min(1).default('gemini-2.5-flash'),
  GEMINI_API_URL: z.url().default('https://generativelanguage.googleapis.com'),
  SUMMARY_LOCALES: z
    .string()
    .default(locales.join(','))
    .transform((text) => text.split(','))
    .pipe(z.array(z.enum(locales))),
  /** From which hour on, UTC, the day's summary is written. */
  SUMMARY_HOUR_UTC: z.coerce.number().int().min(0).max(23).default(0),
};

/** How summaries are written in this process. */
export interface SummaryAccess {
  writer: SummaryWriter | undefined;
  locales: readonly Locale[];
  hourUtc: number;
}

/** The access that the environment gives. */
export function summaryAccess(settings: z.output<z.ZodObject<typeof summaryConfig>>): SummaryAccess {
  const { GEMINI_API_KEY: apiKey, GEMINI_MODEL: model, GEMINI_API_URL: baseUrl } = settings;
  return {
    writer: apiKey ? createGeminiWriter({ apiKey, model, baseUrl, timeoutMs: 30_000 }) : undefined,
    locales: settings.SUMMARY_LOCALES,
    hourUtc: settings.SUMMARY_HOUR_UTC,
  };
}

const outputTokensMax = 4096;

/** Google's Gemini (generateContent), or whatever speaks like it at `baseUrl`; one attempt of at most `timeoutMs`. */
export function createGeminiWriter(options: {
  apiKey: string;
  model: string;
  baseUrl: string;
  timeoutMs: number;
}): SummaryWriter {
  const { apiKey, model, baseUrl, timeoutMs } = options;
  const client = new GoogleGenerativeAI(apiKey);
  return {
    model,
    async write({ instruction, data }) {
      const generation = { temperature: 0.2, maxOutputTokens: outputTokensMax };
      const generator = client.getGenerativeModel(
        { model, systemInstruction: instruction, generationConfig: generation },
        { baseUrl: baseUrl.replace(/\/$/, ''), timeout: timeoutMs },
      );
      const { response } = await generator.generateContent(data).catch((error: unknown) => {
        throw new WriterFailure(failureCode(error), error);
      });
      const [candidate] = response.candidates ?? [];
      // A text that was cut off may end in the middle of a figure.
      if (candidate?.finishReason === 'MAX_TOKENS') throw new WriterFailure('TRUNCATED');
      const text = candidate?.content?.parts?.map((part) => part.text ?? '').join('') ?? '';
      if (text.trim() === '') throw new WriterFailure('NO_TEXT');
      return text.trim();
    },
  };
}

function failureCode(error: unknown): string {
  if (error instanceof GoogleGenerativeAIFetchError && error.status) return `HTTP_${error.status}`;
  // While the body is read the timeout surfaces as the platform's own error.
  const aborted = error instanceof GoogleGenerativeAIAbortError || (error as Error).name === 'AbortError';
  if (aborted) return 'TIMEOUT';
  return error instanceof SyntaxError ? 'MALFORMED' : 'UNREACHABLE';
}
