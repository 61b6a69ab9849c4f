import { afterAll, beforeAll, expect, it } from 'vitest';
import { createWorld, figure, seeded, type World } from '../world.fixture.ts';
import { recordObservations } from './record-observations.ts';
import { listObservations, settleKnown } from './store.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const instrumentId = seeded.spodumeneChina;
const known = async (knownAt: Date) => {
  await settleKnown(world.buyer.ctx, knownAt);
  const rows = await world.buyer.ctx.read((work) => listObservations(work, { instrumentId, knownAt, limit: 10 }));
  return rows.map(({ midMicros }) => Number(midMicros) / 1_000_000);
};

it('waits for whoever is recording: what they record with an earlier time is in the answer', async () => {
  const source = await world.source();
  let finish = () => {};
  const recorded = new Promise<void>((resolve) => {
    finish = resolve;
  });
  let begun = () => {};
  const began = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const recording = world.system.transaction('Record', async (tx) => {
    await recordObservations(tx, source, [figure(instrumentId, '2026-11-20', 800)]);
    begun();
    await recorded;
  });
  await began;
  world.clock.advance(10);
  let answered = false;
  const answer = known(world.clock.now()).finally(() => {
    answered = true;
  });
  // The one who asks is waiting for the row.
  await expect
    .poll(
      () => world.admin`select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`,
    )
    .toHaveLength(1);
  expect(answered).toBe(false);
  finish();
  await recording;
  expect(await answer).toEqual([800]);
});

it('has whoever records after an answer do so later than it, though their clock is behind', async () => {
  const source = await world.source();
  world.clock.advance(60_000);
  const asked = world.clock.now();
  const before = await known(asked);
  world.clock.advance(-30_000);
  await world.record(source, [figure(instrumentId, '2026-11-21', 900)]);
  world.clock.advance(30_000);
  expect(await known(asked)).toEqual(before);
  world.clock.advance(1);
  expect(await known(world.clock.now())).toEqual([900, ...before]);
});

it('changes nothing about sources whose last recording is later', async () => {
  const source = await world.source();
  await world.record(source, [figure(instrumentId, '2026-11-22', 1)]);
  const asked = new Date(world.clock.now().getTime() - 1_000);
  await settleKnown(world.buyer.ctx, asked);
  const [row] = await world.admin`select known_through from source where source_id = ${source.sourceId}`;
  expect(row?.known_through).toBeNull();
});
