import { v5, v7 } from 'uuid';

const canonical = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const derivationRoot = 'c1ea2107-0000-8000-8000-000000000001';

/** A fresh UUIDv7 (RFC 9562): sorts by creation within this process, also inside one millisecond. */
export function newId(): string {
  return v7();
}

/** True for a UUID of versions 1–8 in its one canonical lower-case spelling, so that equal ids are equal text. */
export function isId(text: string): boolean {
  return canonical.test(text);
}

/**
 * The same UUID (v5) for the same namespace and name, for ever: what a retried step creates under it exists once.
 * `namespace` is any text naming the purpose ("settlement.agreement"), `name` the step's key. It is SHA-1 underneath: a
 * name is made of ids we issued, never of text a user may choose.
 */
export function deriveId(namespace: string, name: string): string {
  return v5(name, v5(namespace, derivationRoot));
}
