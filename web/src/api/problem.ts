/** A refusal as the platform answers it (RFC 9457): nothing was changed. */
export class Problem extends Error {
  readonly status: number;
  /** Stable; the interface decides by it, never by the words. */
  readonly code: string;
  readonly detail: string;
  readonly errors: readonly { pointer: string; message: string }[];
  readonly params: Readonly<Record<string, unknown>>;
  /** To quote to support. */
  readonly traceId: string | undefined;

  constructor(body: ProblemBody) {
    super(body.detail ?? body.title ?? 'The request was refused.');
    this.status = body.status ?? 0;
    this.code = body.code ?? 'UNKNOWN';
    this.detail = this.message;
    this.errors = body.errors ?? [];
    this.params = body.params ?? {};
    this.traceId = body.traceId;
  }

  /** What is wrong with each field, by its name; a nested field's name is its path with dots. */
  get fields(): Record<string, string> {
    return Object.fromEntries(
      this.errors.map(({ pointer, message }) => [pointer.replace(/^\//, '').replaceAll('/', '.'), message]),
    );
  }
}

/** Whether a refusal says what is wrong with what was entered: a dialog over the form then gives way to it. */
export function isAboutFields(error: unknown): boolean {
  return error instanceof Problem && error.errors.length > 0;
}

interface ProblemBody {
  status?: number;
  code?: string;
  title?: string;
  detail?: string;
  errors?: { pointer: string; message: string }[];
  params?: Record<string, unknown>;
  traceId?: string;
}

/** Reads a refusal; what did not come from the platform (a proxy's page, nothing at all) becomes one as well. */
export async function problemOf(response: Response): Promise<Problem> {
  try {
    return new Problem({ status: response.status, ...((await response.json()) as ProblemBody) });
  } catch {
    return new Problem({
      status: response.status,
      detail: `The server answered ${response.status}. Nothing was changed.`,
    });
  }
}
