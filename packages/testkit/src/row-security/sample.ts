import { randomBytes, randomUUID } from 'node:crypto';
import type { Column, Table } from './catalogue.ts';
import type { SampleValue, SampleValues, TableExpectation } from './expectation.ts';

/** The user whom a sample row's owner column names, and one whom its other owner columns name. */
export const owner = randomUUID();
const thirdPerson = randomUUID();

/** Literals of one sample row by column: what is required, made from types and checks, then what the expectation says. */
export function sampleRow(
  table: Table,
  expectation: TableExpectation,
  owners: { named: string | undefined; all: readonly string[] },
  state: SampleValues,
): Map<string, string> {
  const values = new Map<string, SampleValue>();
  for (const column of table.columns) {
    if (column.name === owners.named) values.set(column.name, owner);
    else if (!column.required || column.generated) continue;
    else values.set(column.name, owners.all.includes(column.name) ? thirdPerson : generate(column));
  }
  for (const [name, value] of Object.entries({ ...expectation.sample, ...state })) values.set(name, value);
  const settled = [...values].map(([name, value]) => [name, settle(values, value)] as const);
  return new Map(settled.map(([name, value]) => [name, literal(value)]));
}

function settle(values: ReadonlyMap<string, SampleValue>, value: SampleValue): Exclude<SampleValue, object> | null {
  return typeof value === 'object' && value !== null ? settle(values, values.get(value.as) ?? null) : value;
}

function generate(column: Column): SampleValue {
  if (column.choice !== null) return column.choice;
  if (column.name === 'currency') return 'USD';
  const value = generators[column.type];
  if (!value) throw new Error(`No sample value for ${column.name} of type ${column.type}: add one to sample.ts`);
  return value(column.name);
}

const generators: Record<string, (name: string) => SampleValue> = {
  uuid: () => randomUUID(),
  text: (name) => `${name} ${randomBytes(4).toString('hex')}`,
  'text[]': () => '{}',
  bytea: () => `\\x${randomBytes(32).toString('hex')}`,
  boolean: () => true,
  integer: () => 1,
  bigint: () => 1,
  numeric: () => 1,
  xid8: () => '1',
  json: () => '{}',
  jsonb: () => '{}',
  date: () => '2026-01-01',
  'timestamp with time zone': () => '2026-01-01T00:00:00Z',
};

/** SQL for a value; quoted text takes the type of the column it goes to. */
export function literal(value: SampleValue): string {
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value === 'object') throw new Error('A copied value belongs to a row');
  return `'${value.replaceAll("'", "''")}'`;
}
