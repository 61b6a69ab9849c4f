import { serviceErrors } from '@clearlot/service';
import type { Observation } from './observation.ts';
import type { Position } from './store.ts';

/** The cursor of a page of figures that goes on after this one. */
export function writePosition({ validAt, sourceId }: Observation): string {
  return Buffer.from(`${validAt.toISOString()} ${sourceId}`).toString('base64url');
}

/** Errors: CURSOR_INVALID. */
export function readPosition(cursor: string | undefined): Position | undefined {
  if (cursor === undefined) return undefined;
  const match = /^(\S+Z) ([0-9a-f-]{36})$/.exec(Buffer.from(cursor, 'base64url').toString());
  const validAt = new Date(match?.[1] ?? '');
  if (!match?.[2] || Number.isNaN(validAt.getTime())) throw serviceErrors.error('CURSOR_INVALID');
  return { validAt, sourceId: match[2] };
}
