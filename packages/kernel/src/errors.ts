/** What went wrong in kind; each door maps it once (HTTP status, gRPC code). The domain never names a status. */
export type ErrorKind =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'missing'
  | 'conflict'
  | 'precondition'
  | 'mismatch'
  | 'too_large'
  | 'too_many'
  | 'unavailable';

/** One bad field: `pointer` is an RFC 6901 JSON pointer into the request body (`/sells/0/shares`, '' is the whole). */
export interface FieldError {
  pointer: string;
  message: string;
}

/** What a {@link DomainError} is made of; `detail` falls back to `title`. */
export interface DomainErrorParts {
  code: string;
  kind: ErrorKind;
  title: string;
  detail?: string | undefined;
  errors?: readonly FieldError[] | undefined;
  params?: Record<string, string> | undefined;
}

// The registry symbol is shared by every copy of this module in the process, unlike `instanceof`.
const brand = Symbol.for('@clearlot/kernel/DomainError');

/** An expected failure with a stable code. Callers and tests match `code`, never the text. */
export class DomainError extends Error {
  readonly code: string;
  readonly kind: ErrorKind;
  readonly title: string;
  readonly detail: string;
  readonly errors: readonly FieldError[];
  // `declare`: no own property unless there are params, as exactOptionalPropertyTypes promises.
  declare readonly params?: Record<string, string>;

  constructor(parts: DomainErrorParts) {
    const detail = parts.detail ?? parts.title;
    super(`${parts.code}: ${detail}`);
    this.name = 'DomainError';
    this.code = parts.code;
    this.kind = parts.kind;
    this.title = parts.title;
    this.detail = detail;
    this.errors = parts.errors ?? [];
    if (parts.params) this.params = parts.params;
    Object.defineProperty(this, brand, { value: true });
  }
}

/** True for every DomainError of this process, also one made by another copy of this module. */
export function isDomainError(value: unknown): value is DomainError {
  return value instanceof Error && (value as { [brand]?: unknown })[brand] === true;
}

/** code → [kind, title]; the title is one sentence that holds for every occurrence of the code. */
export type ErrorRows = Record<string, readonly [ErrorKind, string]>;

/** A service's whole list of expected failures, with a factory that knows the codes. */
export interface ErrorTable<T extends ErrorRows> {
  readonly table: T;
  /** Makes the error (does not throw it). `detail` says what happened this time; `params` travel in gRPC ErrorInfo. */
  error(
    code: keyof T & string,
    detail?: string,
    errors?: readonly FieldError[],
    params?: Record<string, string>,
  ): DomainError;
}

/** One table per service or rule module: an unknown code is a type error, and a thrown TypeError at run time. */
export function errorTable<const T extends ErrorRows>(table: T): ErrorTable<T> {
  return {
    table,
    error(code, detail, errors, params) {
      const row = Object.hasOwn(table, code) ? table[code] : undefined;
      if (!row) throw new TypeError(`Unknown error code ${code}`);
      return new DomainError({ code, kind: row[0], title: row[1], detail, errors, params });
    },
  };
}

/** The failures of the kernel itself. */
export const kernelErrors = errorTable({
  MONEY_INVALID: ['invalid', 'The amount is not a decimal number in range'],
  MONEY_TOO_PRECISE: ['invalid', 'The amount has more decimal digits than its currency'],
  CURRENCY_UNKNOWN: ['invalid', 'The currency is not an active ISO 4217 code'],
  STATE_TRANSITION_ILLEGAL: ['conflict', 'The move is not allowed from the current state'],
  QUANTITY_INVALID: ['invalid', 'The quantity is out of range'],
});
