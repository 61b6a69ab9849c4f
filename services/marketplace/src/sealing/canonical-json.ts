/**
 * JSON in its one canonical spelling (RFC 8785): keys sorted by UTF-16 code units, no spaces, numbers as ECMAScript writes
 * them. `value` is what JSON.parse answers. Undefined properties are left out, as JSON does.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonicalJson(inner)}`).join(',')}}`;
}

const depthMax = 20;

/**
 * Why a value cannot be kept as it was sent, or undefined. The database has no place in JSON for NUL and half characters,
 * and what is sealed must be known to fit before it is sealed: one envelope would keep all of an RFQ from opening.
 */
export function unkeepable(value: unknown, depth = 0): string | undefined {
  if (typeof value === 'string') return unkeepableText(value);
  if (typeof value !== 'object' || value === null) return undefined;
  if (depth === depthMax) return `must not be nested deeper than ${depthMax} levels`;
  for (const [key, inner] of Object.entries(value)) {
    const reason = unkeepableText(key) ?? unkeepable(inner, depth + 1);
    if (reason) return reason;
  }
  return undefined;
}

function unkeepableText(text: string): string | undefined {
  return text.includes('\0') || !text.isWellFormed() ? 'must be text without NUL and half characters' : undefined;
}
