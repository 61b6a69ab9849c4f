import { DomainError, type ErrorKind } from '@clearlot/kernel';

const kinds: Readonly<Record<number, ErrorKind>> = {
  400: 'invalid',
  403: 'forbidden',
  404: 'missing',
  409: 'conflict',
};

/** A service's problem as the error it stands for. */
export function refused(problem: unknown): DomainError {
  const { status = 503, code, title, detail } = (problem ?? {}) as Record<string, string> & { status?: number };
  const kind = kinds[status] ?? 'unavailable';
  return new DomainError({ code: code ?? 'UNAVAILABLE', kind, title: title ?? 'The service did not answer.', detail });
}
