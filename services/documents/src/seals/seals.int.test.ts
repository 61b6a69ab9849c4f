import { createPrivateKey, createPublicKey, diffieHellman, type JsonWebKey } from 'node:crypto';
import { newId } from '@clearlot/kernel';
import type { Actor } from '@clearlot/service';
import { createTestDatabase, fakeClock, type TestDatabase } from '@clearlot/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { documentsRpcs } from '../grpc.ts';
import { openWorld } from '../test-world.ts';
import { createSeal } from './create-seal.ts';
import { extendSeal } from './extend-seal.ts';
import { openSeal } from './open-seal.ts';

const clock = fakeClock('2026-11-21T14:05:09.123Z');
let database: TestDatabase;
let world: Awaited<ReturnType<typeof openWorld>>;

beforeAll(async () => {
  database = await createTestDatabase('documents');
  world = await openWorld(database, clock);
});
afterAll(async () => {
  await world.close();
  await database.drop();
});

const marketplace: Actor = { kind: 'service', id: 'marketplace', roles: [] };
const as = () => world.context(marketplace);
const create = (sealId: string, opensAt: Date | undefined) => createSeal(as(), { sealId, opensAt });
const extend = (sealId: string, opensAt: Date | undefined) => extendSeal(as(), { sealId, opensAt });
const open = (sealId: string) => openSeal(as(), { sealId });
const after = (ms: number) => new Date(clock.now().getTime() + ms);
const audited = async (sealId: string) => {
  const rows = await world.admin<{ action: string }[]>`
    select action from audit_log where entity_id = ${sealId} order by id`;
  return rows.map((row) => row.action);
};

/** A seal due in a minute. */
async function sealed() {
  const sealId = newId();
  const { publicKeyJwk } = await create(sealId, after(60_000));
  return { sealId, publicKeyJwk };
}

test('seals are made, extended and opened for the marketplace only, and it alone shares files', () => {
  for (const name of ['createSeal', 'extendSeal', 'openSeal', 'shareFile']) {
    expect(documentsRpcs.rpcs[name]?.access, name).toEqual({ services: ['marketplace'] });
  }
});

test('the private key that opens fits the public key that was given out', async () => {
  const { sealId, publicKeyJwk } = await sealed();
  clock.advance(60_000);
  const { privateKeyJwk } = await open(sealId);
  const [mine, theirs] = [JSON.parse(privateKeyJwk) as JsonWebKey, JSON.parse(publicKeyJwk) as JsonWebKey];
  expect(theirs).toEqual({ kty: 'OKP', crv: 'X25519', alg: 'ECDH-ES', x: mine.x });
  expect(mine.d).toMatch(/^[\w-]{43}$/);
  const privateKey = createPrivateKey({ key: mine, format: 'jwk' });
  const other = createPublicKey({ key: theirs, format: 'jwk' });
  expect(diffieHellman({ privateKey, publicKey: other })).toHaveLength(32);
});

test('the private key leaves custody from its time on and not a millisecond earlier', async () => {
  const { sealId } = await sealed();
  clock.advance(59_999);
  await expect(open(sealId)).rejects.toMatchObject({ code: 'DOCUMENTS_SEAL_NOT_DUE', kind: 'precondition' });
  expect(await audited(sealId)).toEqual(['seal.created']);
  clock.advance(1);
  const first = await open(sealId);
  clock.advance(1_000);
  expect(await open(sealId)).toEqual(first);
  expect(await audited(sealId)).toEqual(['seal.created', 'seal.opened', 'seal.opened']);
  const [row] = await world.admin`select opened_at = opens_at as first from seal where id = ${sealId}`;
  expect(row?.first).toBe(true);
});

test('the same id again answers the same key and time, also at the same moment, and changes neither', async () => {
  const sealId = newId();
  const opensAt = after(60_000);
  const answers = await Promise.all(Array.from({ length: 4 }, () => create(sealId, opensAt)));
  answers.push(await create(sealId, after(1)), await create(sealId, after(120_000)));
  expect(new Set(answers.map((each) => each.publicKeyJwk)).size).toBe(1);
  expect(answers.every((each) => each.opensAt?.getTime() === opensAt.getTime())).toBe(true);
  expect(await audited(sealId)).toEqual(['seal.created']);
});

test('a seal is moved to a later time only, and not at all once it was opened', async () => {
  const { sealId } = await sealed();
  const [due, later] = [after(60_000), after(90_000)];
  await expect(extend(sealId, after(59_999))).rejects.toMatchObject({ code: 'DOCUMENTS_SEAL_EARLIER' });
  expect(await extend(sealId, due)).toEqual({ opensAt: due });
  expect(await extend(sealId, later)).toEqual({ opensAt: later });
  expect(await extend(sealId, later)).toEqual({ opensAt: later });
  expect(await audited(sealId)).toEqual(['seal.created', 'seal.extended']);
  clock.advance(60_000);
  await expect(open(sealId)).rejects.toMatchObject({ code: 'DOCUMENTS_SEAL_NOT_DUE' });
  clock.advance(30_000);
  await open(sealId);
  await expect(extend(sealId, after(1_000_000))).rejects.toMatchObject({ code: 'DOCUMENTS_SEAL_OPENED' });
});

test('a seal nobody made, without an id or without a time is refused', async () => {
  const missing = { code: 'DOCUMENTS_SEAL_NOT_FOUND', kind: 'missing' };
  await expect(open(newId())).rejects.toMatchObject(missing);
  await expect(extend(newId(), after(1))).rejects.toMatchObject(missing);
  const invalid = { code: 'DOCUMENTS_SEAL_INVALID', kind: 'invalid' };
  const refusals = [create('x', after(1)), create(newId(), undefined), extend(newId(), undefined), open('x')];
  await Promise.all(refusals.map((refused) => expect(refused).rejects.toMatchObject(invalid)));
});

test('whoever reads the whole database finds no private key in it, before and after it was opened', async () => {
  const { sealId } = await sealed();
  await extend(sealId, after(61_000));
  const dump = async () => {
    const tables = await world.admin<{ name: string }[]>`
      select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema')`;
    const texts = tables.map(({ name }) => world.admin.unsafe(`select t::text as row from ${name} t`));
    return (await Promise.all(texts)).flatMap((rows) => rows.map(({ row }) => String(row))).join('\n');
  };
  const before = await dump();
  clock.advance(61_000);
  const { privateKeyJwk } = await open(sealId);
  const d = String((JSON.parse(privateKeyJwk) as JsonWebKey).d);
  for (const text of [before, await dump()]) {
    expect(text).toContain(sealId);
    for (const spelling of [d, Buffer.from(d).toString('hex'), Buffer.from(d, 'base64url').toString('hex')]) {
      expect(text.includes(spelling)).toBe(false);
    }
  }
});

/** Changes rows as somebody who owns the server. */
const tamper = (statement: string) =>
  world.admin.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx.unsafe(statement);
  });

test('a time moved forward in the database opens nothing, and no key opens in the place of another', async () => {
  const [early, one, other] = [await sealed(), await sealed(), await sealed()];
  await tamper(`update seal set opens_at = '2026-01-01' where id = '${early.sealId}'`);
  await expect(open(early.sealId)).rejects.toThrow();
  await tamper(`update seal set private_key_sealed = (select private_key_sealed from seal where id = '${one.sealId}')
    where id = '${other.sealId}'`);
  clock.advance(60_000);
  await expect(open(other.sealId)).rejects.toThrow();
  await open(one.sealId);
});
