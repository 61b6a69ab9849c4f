import { createTestDatabase, fakeClock, type TestDatabase } from '@clearlot/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createWorld, password, type World } from '../testing/world.ts';

let database: TestDatabase;
let world: World;
const clock = fakeClock('2026-11-22T10:00:00Z');

beforeAll(async () => {
  database = await createTestDatabase('identity');
  world = await createWorld(database.appUrl, clock);
});
afterAll(async () => {
  await world.close();
  await database.drop();
});

const body = { email: 'Ada@Example.com ', password, role: 'seller', fullName: 'Ada Lovelace', acceptTerms: true };

test('registering answers only an id', async () => {
  const answer = await world.request('POST', '/api/auth/register', { body });
  expect(answer).toMatchObject({ status: 201, body: { userId: expect.any(String) } });
  expect(Object.keys(answer.body)).toEqual(['userId']);
  const login = await world.request('POST', '/api/auth/login', { body: { email: 'ada@example.com', password } });
  expect(login).toMatchObject({ status: 200 });
});
