import { errorTable } from '@clearlot/kernel';

/** Errors any service can answer with; each service adds its own table. */
export const serviceErrors = errorTable({
  REQUEST_INVALID: ['invalid', 'The request is not valid.'],
  REQUEST_TOO_LARGE: ['too_large', 'The request is too large.'],
  ROUTE_NOT_FOUND: ['missing', 'There is nothing at this address.'],
  NOT_AUTHENTICATED: ['unauthenticated', 'Sign in to do this.'],
  NOT_ALLOWED: ['forbidden', 'You are not allowed to do this.'],
  SESSION_REVOKED: ['unauthenticated', 'This session has ended. Sign in again.'],
  IDEMPOTENCY_KEY_INVALID: ['invalid', 'An Idempotency-Key is 1 to 255 printable characters.'],
  IDEMPOTENCY_KEY_REUSED: ['mismatch', 'This Idempotency-Key was used for a different request.'],
  IDEMPOTENCY_IN_FLIGHT: ['conflict', 'The first request with this Idempotency-Key is still being handled.'],
  CURSOR_INVALID: ['invalid', 'This cursor was not given out by this list.'],
  UPLOAD_INVALID: ['invalid', 'Send one file in a multipart field named "file".'],
  DEAD_LETTER_NOT_FOUND: ['missing', 'There is no such dead letter.'],
  COMMIT_UNKNOWN: ['unavailable', 'The outcome is not known. Retry with the same Idempotency-Key.'],
  UNAVAILABLE: ['unavailable', 'A part of the platform is not reachable. Nothing was changed; try again.'],
  TOO_MANY_REQUESTS: ['too_many', 'Too many requests. Wait and try again.'],
  INTERNAL: ['unavailable', 'Something went wrong on our side.'],
});
