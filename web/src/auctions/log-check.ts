/** What came out of checking a log, or the first row that was altered. Rows are counted from 1; 0 is the terms. */
export type LogVerdict = { whole: true; rows: number; headHash: string } | { whole: false; row: number; why: string };

interface ExportedLog {
  headHash: string;
  terms?: unknown;
  entries: readonly unknown[];
}

/**
 * Checks a log's chain of hashes without trusting who sent it: every row is what its hash says, follows from the row before,
 * and nothing is missing in between, up to the head hash. `hashes` are those of receipts, by the row they are of.
 */
export async function checkLog(log: ExportedLog, hashes: ReadonlyMap<number, string>): Promise<LogVerdict> {
  let previous = await sha256(canonicalJson(log.terms));
  let previousAt = '';
  for (const [index, entry] of log.entries.entries()) {
    const row = index + 1;
    const { hash, ...said } = Object(entry) as Record<string, unknown>;
    const fault = (why: string) => ({ whole: false, row, why }) as const;
    if (hash !== (await sha256(canonicalJson(said)))) return fault('Its hash is not that of what it says.');
    if (said.sequence !== row) return fault(`Entry ${String(said.sequence)} stands where entry ${row} belongs.`);
    if (said.previousHash !== previous) {
      const before = row === 1 ? 'the terms' : `row ${row - 1}`;
      return fault(`It does not follow from ${before}: one of the two was altered.`);
    }
    if (typeof said.at !== 'string' || said.at < previousAt) return fault('It is earlier than the row before it.');
    const held = hashes.get(row);
    if (held !== undefined && held !== hash) return fault('It is not what your receipt of it says.');
    previous = hash;
    previousAt = said.at;
  }
  const rows = log.entries.length;
  if (log.headHash !== previous) {
    return { whole: false, row: rows + 1, why: 'The log ends before its head: the last rows are missing.' };
  }
  const missing = [...hashes.keys()].find((row) => row > rows);
  if (missing !== undefined) {
    return { whole: false, row: missing, why: 'You hold a receipt of this row, and the log does not have it.' };
  }
  return { whole: true, rows, headHash: previous };
}

/** JSON in its one canonical spelling (RFC 8785), which hashes are made of. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value).filter(([, inner]) => inner !== undefined);
  members.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, inner]) => `${JSON.stringify(name)}:${canonicalJson(inner)}`).join(',')}}`;
}

async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
