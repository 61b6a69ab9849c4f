import { canonicalJson } from '../sealing/canonical-json.ts';

/** One difference: `path` is a JSON pointer in which a line is named by its lineId; null where there was or is nothing. */
export interface TermsChange {
  path: string;
  before: unknown;
  after: unknown;
}

type Json = Record<string, unknown>;

/**
 * What changed from one version of terms to the next, field by field, in the order of their names; lines, criteria and costs
 * are compared with what had the same id. Other lists are compared whole.
 */
export function diffTerms(before: unknown, after: unknown): TermsChange[] {
  return diff('', before, after);
}

function diff(path: string, before: unknown, after: unknown): TermsChange[] {
  if (canonicalJson(before ?? null) === canonicalJson(after ?? null)) return [];
  const [old, now] = [fields(before), fields(after)];
  if (!old || !now) return [{ path, before: before ?? null, after: after ?? null }];
  const keys = [...new Set([...Object.keys(old), ...Object.keys(now)])].sort();
  return keys.flatMap((key) => diff(`${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`, old[key], now[key]));
}

/** An object's fields; those of a list whose items have an id are its items. */
function fields(value: unknown): Json | undefined {
  if (!Array.isArray(value)) return typeof value === 'object' && value !== null ? (value as Json) : undefined;
  const entries = value.map((item: unknown) => [idOf(item), item] as const);
  return entries.every(([id]) => id !== undefined) ? Object.fromEntries(entries) : undefined;
}

function idOf(item: unknown): string | undefined {
  const { lineId, criterionId, costId } = (item ?? {}) as Record<string, string | undefined>;
  return lineId ?? criterionId ?? costId;
}
