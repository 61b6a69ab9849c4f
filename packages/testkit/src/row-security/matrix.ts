import { randomUUID } from 'node:crypto';
import { ownerColumns, type Table } from './catalogue.ts';
import type { SampleValues, TableExpectation } from './expectation.ts';
import { literal, owner, sampleRow } from './sample.ts';
import type { Asker, Session } from './session.ts';

/** One answer: may `actor` do `operation` to the sample row in state `row`? */
export interface Cell {
  actor: string;
  operation: string;
  row: string;
  allowed: boolean;
}

const user = (id: string): Asker => ({ databaseRole: 'app', settings: { user_id: id, role: 'user', actor: id } });
const unowned = (role: string, actor: string, id = ''): Asker => ({
  databaseRole: 'app',
  settings: { user_id: id, role, actor },
});
const [otherUser, operator] = [randomUUID(), randomUUID()];

const actors: Record<string, Asker> = {
  nobody: { databaseRole: 'app', settings: {} },
  anonymous: unowned('anonymous', 'anonymous'),
  other: user(otherUser),
  operator: unowned('operator', operator, operator),
  service: unowned('service', 'another-service'),
  system: unowned('system', 'some.task'),
  definer: { databaseRole: 'owner', settings: {} },
};

/**
 * Tries everything an expectation could speak of on one table, one sample row after the other; the answers in the same
 * order every time. The table is emptied.
 */
export async function* answers(table: Table, expectation: TableExpectation, session: Session): AsyncGenerator<Cell[]> {
  const owners = declaredOwners(table, expectation);
  const states = Object.entries(expectation.rows ?? { '': {} });
  for (const [row, state] of states) {
    for (const [index, named] of (owners.length > 0 ? owners : [undefined]).entries()) {
      const values = sampleRow(table, expectation, { named, all: ownerColumns(table) }, state);
      await session.arrange(`delete from ${table.name}`);
      const sample = await session.arrange(seed(table, expectation, values));
      // Who is not in the row is tried once; whom the row names, in each column that can name them.
      const own = named === undefined ? {} : { [named]: user(owner) };
      const askers = withClaims(index === 0 ? { ...own, ...actors } : own, sample, expectation.claims ?? {});
      yield await askAll(askers, statements(table, expectation, sample.untouched ?? null), row, session);
      // On an empty table, so that a refused row is never one that collides.
      await session.arrange(`delete from ${table.name}`);
      yield await askAll(askers, [['insert', insert(table, values)]], row, session);
    }
  }
}

async function askAll(
  askers: readonly [string, Asker][],
  operations: readonly [string, string][],
  row: string,
  session: Session,
): Promise<Cell[]> {
  const attempts = askers.flatMap(([actor, asker]) =>
    operations.map(([operation, statement]) => ({ actor, operation, asker, statement })),
  );
  const allowed = await session.tryAll(attempts);
  return attempts.map(({ actor, operation }, index) => ({ actor, operation, row, allowed: allowed[index] === true }));
}

/** The columns of the table that are actors of its expectation. */
function declaredOwners(table: Table, expectation: TableExpectation): string[] {
  const named = new Set(Object.keys(expectation.access).map((actor) => actor.split('+', 1)[0]));
  return table.columns.map(({ name }) => name).filter((name) => named.has(name));
}

function withClaims(
  askers: Record<string, Asker>,
  sample: Record<string, string | null>,
  claims: Readonly<Record<string, string>>,
): [string, Asker][] {
  return Object.entries(askers).flatMap(([actor, asker]) => [
    [actor, asker] as [string, Asker],
    ...Object.keys(claims).map((claim): [string, Asker] => [
      `${actor}+${claim}`,
      { ...asker, settings: { ...asker.settings, [claim]: sample[`claim_${claim}`] ?? '' } },
    ]),
  ]);
}

function seed(table: Table, expectation: TableExpectation, values: ReadonlyMap<string, string>): string {
  const claims = Object.entries(expectation.claims ?? {}).map(([claim, value]) => `(${value})::text as claim_${claim}`);
  return `${insert(table, values)} returning ${[`${touched(table)}::text as untouched`, ...claims].join(', ')}`;
}

function insert(table: Table, values: ReadonlyMap<string, string>): string {
  return `insert into ${table.name} (${[...values.keys()].join(', ')}) values (${[...values.values()].join(', ')})`;
}

/** None names a row or reads a column: a condition would bring in the select policies and hide a blind write. */
function statements(table: Table, expectation: TableExpectation, untouched: string | null): [string, string][] {
  const update = (change: string) => `update ${table.name} set ${change}`;
  return [
    ['select', `select 1 from ${table.name}`],
    ['lock', `select 1 from ${table.name} for update`],
    ['update', update(`${touched(table)} = ${literal(untouched)}`)],
    ...Object.entries(expectation.changes ?? {}).map(([name, values]): [string, string] => [
      `update:${name}`,
      update(assignments(values)),
    ]),
    ['delete', `delete from ${table.name}`],
  ];
}

function assignments(values: SampleValues): string {
  return Object.entries(values)
    .map(([name, value]) => `${name} = ${literal(value)}`)
    .join(', ');
}

/** The column a bare update sets to what it is: one the application may update if there is any. */
function touched(table: Table): string {
  const plain = table.columns.filter(({ generated }) => !generated);
  const column = plain.findLast(({ updatable }) => updatable) ?? plain.at(-1);
  if (!column) throw new Error(`${table.name} has no column`);
  return column.name;
}

/** Answers as an expectation's `access` is written: actors that may do something, and claims that change something. */
export function renderAccess(cells: readonly Cell[], rows: readonly string[]): Record<string, string> {
  const access: Record<string, string> = {};
  for (const [actor, own] of Map.groupBy(cells, (cell) => cell.actor)) {
    const allowed = (operation: string) =>
      own.filter((cell) => cell.operation === operation && cell.allowed).map(({ row }) => row);
    const update = allowed('update');
    const words = [...new Set(own.map(({ operation }) => operation))].flatMap((operation) => {
      const where = allowed(operation).filter((row) => operation !== 'lock' || !update.includes(row));
      if (where.length === 0) return [];
      return [where.length === rows.length ? operation : `${operation}(${where.join(',')})`];
    });
    access[actor] = words.sort().join(' ');
  }
  const base = (actor: string) => access[actor.split('+', 1)[0] ?? ''];
  const telling = ([actor, words]: [string, string]) => (actor.includes('+') ? words !== base(actor) : words !== '');
  return Object.fromEntries(Object.entries(access).filter(telling));
}
