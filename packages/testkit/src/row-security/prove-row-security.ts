import { databaseName } from '@clearlot/service/provision';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { claimsRead, ownerColumns, readTables, type Table } from './catalogue.ts';
import { type Expectations, normalAccess, type TableExpectation } from './expectation.ts';
import { rules } from './findings.ts';
import { answers, type Cell, renderAccess } from './matrix.ts';
import { mutations } from './mutation.ts';
import { openSession, type Roles, type Session, withChange } from './session.ts';
import { toolkitExpectations } from './toolkit.expected.ts';

/**
 * Registers the tests that hold a service's row-level security to its expectations: every table × actor × operation is
 * tried as the application role, every condition of every policy must show in some answer, and the catalogue must keep
 * the rules. The toolkit's tables are expected of every service; their policies are taken apart only when they are `own`.
 */
export function proveRowSecurity(service: string, own: Expectations): void {
  const expectations: Expectations = { ...toolkitExpectations, ...own };
  const roles: Roles = { app: `${databaseName(service)}_app`, owner: `${databaseName(service)}_owner` };
  let database: TestDatabase;
  let admin: postgres.Sql;
  let tables: Table[];
  let session: Session & AsyncDisposable;

  beforeAll(async () => {
    database = await createTestDatabase(service);
    admin = postgres(database.adminUrl, { max: 1, onnotice: () => {} });
    tables = await readTables(admin, roles.app);
    session = await openSession(database, roles);
  });
  afterAll(async () => {
    await Promise.all([admin.end(), session[Symbol.asyncDispose]()]);
    await database.drop();
  });

  test('every table has its expectation, every expectation its table', () => {
    expect(incomplete(tables, expectations)).toEqual([]);
  });

  for (const rule of rules) {
    test(rule.guarantee, async () => {
      expect(await rule.find(admin, roles, tables)).toEqual([]);
    });
  }

  describe.each(Object.entries(expectations))('%s', (name, expectation) => {
    const baseline: Cell[] = [];

    test('each actor can do what is expected of it and nothing more', async () => {
      const table = tableNamed(tables, name);
      for await (const cells of answers(table, expectation, session)) baseline.push(...cells);
      const access = renderAccess(baseline, Object.keys(expectation.rows ?? { '': {} }));
      expect({ updates: updates(table), access }).toEqual({
        updates: (expectation.updates ?? '').split(' ').sort().join(' '),
        access: normalAccess(expectation.access),
      });
    });

    if (name in own) {
      test('every condition of every policy counts', async () => {
        expect(await unnoticed(admin, roles, tableNamed(tables, name), expectation, baseline)).toEqual([]);
      });
    }
  });
}

/**
 * What is missing, misspelt or unsaid in the expectations, as sentences. Views need none: the rules have them run with
 * the rights of whoever asks, so they show what their tables do.
 */
export function incomplete(relations: readonly Table[], expectations: Expectations): string[] {
  const tables = relations.filter(({ kind }) => kind === 'table');
  const known = new Set(tables.map(({ name }) => name));
  return [
    ...tables.filter(({ name }) => !expectations[name]).map(({ name }) => `table ${name} has no expectation`),
    ...Object.keys(expectations)
      .filter((name) => !known.has(name))
      .map((name) => `there is no table ${name}, but an expectation of it`),
    ...tables.flatMap((table) => {
      const expectation = expectations[table.name];
      if (!expectation) return [];
      const { access, claims = {}, sample, rows = {} } = expectation;
      const copied = [sample ?? {}, ...Object.values(rows)].flatMap((values) =>
        Object.entries(values).filter(([, value]) => typeof value === 'object' && value !== null),
      );
      const settled = new Set([...Object.keys(access), ...copied.map(([column]) => column)]);
      return [
        ...ownerColumns(table)
          .filter((column) => !settled.has(column))
          .map((column) => `${table.name}.${column} names a person: say what that person may do`),
        ...claimsRead(table)
          .filter((claim) => !(claim in claims))
          .map((claim) => `a policy of ${table.name} reads app.${claim}(): say which claim fits the row`),
      ];
    }),
  ];
}

/** The mutations of a table's policies that no answer notices: what they took away is redundant or untested. */
export async function unnoticed(
  admin: postgres.Sql,
  roles: Roles,
  table: Table,
  expectation: TableExpectation,
  baseline: readonly Cell[],
): Promise<string[]> {
  const missed: string[] = [];
  for (const { what, sql } of mutations(table)) {
    const noticed = await withChange(admin, roles, sql, async (session) => {
      let at = 0;
      for await (const cells of answers(table, expectation, session)) {
        for (const cell of cells) if (cell.allowed !== baseline[at++]?.allowed) return true;
      }
      return false;
    });
    if (!noticed) missed.push(what);
  }
  return missed;
}

function tableNamed(tables: readonly Table[], name: string): Table {
  const table = tables.find((each) => each.name === name);
  if (!table) throw new Error(`There is no table ${name}`);
  return table;
}

function updates(table: Table): string {
  const updatable = table.columns.filter((column) => column.updatable).map(({ name }) => name);
  return updatable.length === table.columns.length ? '*' : updatable.sort().join(' ');
}
