import { type DomainError, type ErrorKind, type FieldError, isDomainError } from '@clearlot/kernel';
import type { FastifyError, FastifyReply } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { serviceErrors } from '../errors.ts';
import { currentTraceId } from '../telemetry/trace.ts';

/** One row per kind of failure: what the HTTP door answers. */
const STATUS: Record<ErrorKind, number> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  missing: 404,
  conflict: 409,
  precondition: 412,
  mismatch: 422,
  too_large: 413,
  too_many: 429,
  unavailable: 503,
};

/** An RFC 9457 problem with our stable `code` and the trace to quote. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  code: string;
  detail: string;
  traceId: string;
  errors?: readonly FieldError[];
  /** Facts of this occurrence, as gRPC's ErrorInfo carries them. */
  params?: Record<string, string>;
}

/** The problem a failure reads as; anything unexpected is a 500 without detail. */
export function toProblem(error: unknown): Problem {
  if (isDomainError(error)) return fromDomainError(error);
  if (hasZodFastifySchemaValidationErrors(error)) {
    const prefix = error.validationContext === 'body' || !error.validationContext ? '' : `/${error.validationContext}`;
    const errors = error.validation.map((each) => ({
      pointer: `${prefix}${each.instancePath}`,
      message: each.message ?? 'is not valid',
    }));
    return fromDomainError(serviceErrors.error('REQUEST_INVALID', describe(errors), errors));
  }
  const status = (error as FastifyError).statusCode ?? 500;
  if (status === 413) return fromDomainError(serviceErrors.error('REQUEST_TOO_LARGE'));
  if (status >= 400 && status < 500) {
    return { ...fromDomainError(serviceErrors.error('REQUEST_INVALID', (error as Error).message)), status };
  }
  return { ...fromDomainError(serviceErrors.error('INTERNAL')), status: 500 };
}

/** Answers a request with a problem. */
export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  return reply.code(problem.status).type('application/problem+json').serializer(JSON.stringify).send(problem);
}

function fromDomainError(error: DomainError): Problem {
  return {
    type: `https://clearlot.example/problems/${error.code.toLowerCase().replaceAll('_', '-')}`,
    title: error.title,
    status: STATUS[error.kind],
    code: error.code,
    detail: error.detail,
    traceId: currentTraceId(),
    ...(error.errors.length > 0 ? { errors: error.errors } : {}),
    ...(error.params ? { params: error.params } : {}),
  };
}

function describe(errors: readonly FieldError[]): string {
  const first = errors[0];
  return first ? `${first.pointer || 'The body'}: ${first.message}` : 'The request is not valid.';
}
