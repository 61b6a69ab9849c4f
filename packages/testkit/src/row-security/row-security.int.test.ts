import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { readTables, type Table } from './catalogue.ts';
import type { TableExpectation } from './expectation.ts';
import { rules } from './findings.ts';
import { answers, type Cell, renderAccess } from './matrix.ts';
import { incomplete, unnoticed } from './prove-row-security.ts';
import { openSession } from './session.ts';

// A prover that misses a hole is worse than none: each test here plants one and wants it found.

const roles = { app: 'row_security_app', owner: 'row_security_owner' };
let database: TestDatabase;
let admin: postgres.Sql;

beforeAll(async () => {
  database = await createTestDatabase('row-security');
  admin = postgres(database.adminUrl, { max: 1, onnotice: () => {} });
});
afterAll(async () => {
  await admin.end();
  await database.drop();
});

const note = `create table note (id uuid primary key, author_id uuid not null, draft boolean not null);
  create index note_author on note (author_id);
  alter table note enable row level security;
  alter table note force row level security;
  grant select, insert, update on note to row_security_app;
  create policy note_own on note for select using (author_id = (select app.user_id()));
  create policy note_read on note for select using ((select app.role()) = 'user' and not draft);
  create policy note_add on note for insert with check (author_id = (select app.user_id()));`;

const expectation: TableExpectation = {
  rows: { draft: { draft: true }, published: { draft: false } },
  updates: '*',
  access: { author_id: 'select insert', other: 'select(published)' },
};

/** Has the owner run `sql` and looks at what there is then; all of it is dropped afterwards. */
async function planted<T>(sql: string, look: (tables: Table[], note: Table) => Promise<T>): Promise<T> {
  await admin.unsafe(`set role row_security_owner; ${sql}; reset role`);
  try {
    const tables = await readTables(admin, roles.app);
    const table = tables.find(({ name }) => name === 'note');
    if (!table) throw new Error('note is not there');
    return await look(tables, table);
  } finally {
    await admin.unsafe('drop table note cascade');
  }
}

async function answered(table: Table): Promise<Cell[]> {
  await using session = await openSession(database, roles);
  const cells: Cell[] = [];
  for await (const some of answers(table, expectation, session)) cells.push(...some);
  return cells;
}

async function accessOf(sql: string): Promise<Record<string, string>> {
  return planted(sql, async (_tables, table) => renderAccess(await answered(table), ['draft', 'published']));
}

async function missed(sql: string): Promise<string[]> {
  return planted(sql, async (_tables, table) => unnoticed(admin, roles, table, expectation, await answered(table)));
}

describe('the matrix', () => {
  test('shows who can do what', async () => {
    expect(await accessOf(note)).toEqual({ author_id: 'insert select', other: 'select(published)' });
  });

  test('shows a write that cannot be read back', async () => {
    const access = await accessOf(
      `${note} create policy blind on note for update using ((select app.role()) = 'service')`,
    );
    expect(access.service).toBe('update');
  });

  test('shows what an unforced table gives to functions of its owner', async () => {
    const access = await accessOf(`${note} alter table note no force row level security`);
    expect(access.definer).toBe('delete insert select update');
  });

  test('shows a row let in although its foreign key dangles', async () => {
    const access = await accessOf(`create table parent (id uuid primary key); ${note}
      alter table note add parent_id uuid not null references parent;`);
    expect(access.author_id).toBe('insert select');
    await admin`drop table parent`;
  });

  test('stops at a sample row the table refuses, rather than calling it denied', async () => {
    const impossible = `${note} alter table note add check (id is null)`;
    await expect(accessOf(impossible)).rejects.toMatchObject({ code: '23514' });
  });
});

describe('the mutations', () => {
  test('find nothing where every condition counts', async () => {
    expect(await missed(note)).toEqual([]);
  });

  test('find a policy that adds nothing', async () => {
    const twice = `${note} create policy note_again on note for select using (author_id = (select app.user_id()))`;
    expect(await missed(twice)).toContain('without policy note_again');
  });

  test('find a condition that decides nothing', async () => {
    const idle = note.replace('with check (author_id', 'with check (id is not null and author_id');
    expect(await missed(idle)).toEqual(['note_add with check without id IS NOT NULL']);
  });
});

describe('the expectations', () => {
  test('name the table that has none, and the one that is no table', async () => {
    const sentences = await planted(note, async (tables) =>
      incomplete(
        tables.filter(({ name }) => name === 'note'),
        { notes: expectation },
      ),
    );
    expect(sentences).toEqual(['table note has no expectation', 'there is no table notes, but an expectation of it']);
  });

  test('say of each person a row names what they may do', async () => {
    const sentences = await planted(`${note} alter table note add seller_id uuid`, async (_tables, table) =>
      incomplete([table], { note: expectation }),
    );
    expect(sentences).toEqual(['note.seller_id names a person: say what that person may do']);
  });

  test('say which claim fits a row whose policy asks for one', async () => {
    const claimed = `${note} create policy note_claimed on note for select using (draft and (select app.actor()) = id::text)`;
    const sentences = await planted(claimed, async (_tables, table) => incomplete([table], { note: expectation }));
    expect(sentences).toEqual(['a policy of note reads app.actor(): say which claim fits the row']);
  });
});

describe('the rules', () => {
  const holes: [hole: string, sql: string, found: string][] = [
    ['a table without row-level security', 'alter table note disable row level security', 'note'],
    ['a table that does not hold its owner to it', 'alter table note no force row level security', 'note'],
    ['a view with the rights of its owner', 'create view shown as select * from note', 'shown'],
    [
      'a view that can be written through',
      'create view shown with (security_invoker = true) as select * from note; grant insert on shown to row_security_app',
      'shown',
    ],
    ['a materialized view', 'create materialized view shown as select * from note', 'shown'],
    ['a table that can be emptied past its policies', 'grant truncate on note to row_security_app', 'note'],
    ['a column that can be probed by foreign keys', 'grant references (id) on note to row_security_app', 'note'],
    ['a grant to everybody', 'grant select on note to public', 'note'],
    ['a grant of a column to everybody', 'grant update (draft) on note to public', 'note.draft'],
    [
      'a function as the owner whose search_path the caller chooses',
      `create function leak(note) returns bigint language sql security definer as 'select count(*) from note';
       revoke all on function leak(note) from public`,
      'leak(note)',
    ],
    [
      'a function as the owner that everybody may call',
      `create function leak(note) returns bigint language sql security definer set search_path = public, pg_temp
       as 'select count(*) from note'`,
      'leak(note)',
    ],
    ['an owner without an index', 'drop index note_author', 'note.author_id'],
    [
      'a setting asked for with every row',
      'create policy slow on note for select using (author_id = app.user_id())',
      'slow',
    ],
    [
      'a policy that looks into another table',
      'create policy joined on note for select using (exists (select 1 from outbox))',
      'joined',
    ],
  ];

  test.each(holes)('find %s', async (_hole, sql, found) => {
    const names = await planted(`${note} ${sql}`, async (tables) => {
      const findings = await Promise.all(rules.map((rule) => rule.find(admin, roles, tables)));
      return findings.flat();
    });
    expect(names).toContain(found);
  });

  test('find nothing in a table that keeps them', async () => {
    const names = await planted(note, async (tables) =>
      Promise.all(rules.map((rule) => rule.find(admin, roles, tables))),
    );
    expect(names.flat()).toEqual([]);
  });

  test('find an application role that may do more than its grants', async () => {
    await admin`alter role row_security_app bypassrls`;
    const names = await planted(note, async (tables) =>
      Promise.all(rules.map((rule) => rule.find(admin, roles, tables))),
    );
    await admin`alter role row_security_app nobypassrls`;
    expect(names.flat()).toEqual(['row_security_app']);
  });
});
