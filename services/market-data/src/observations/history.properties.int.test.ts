import { newId } from '@clearlot/kernel';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Ctx } from '../clients.ts';
import { type Bar, type Period, periods, rollUp } from '../series/series.ts';
import { readDays } from '../series/store.ts';
import { createWorld, figure, type World } from '../world.fixture.ts';
import { barsOf, knownOn, type Stated } from './history.fixture.ts';
import { kinds } from './observation.ts';
import { listObservations, settleKnown } from './store.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

// Around midnight, a week's and a month's end, and a year's.
const instants = [
  ...['2026-08-30T23:59:59.999Z', '2026-08-31T00:00:00Z', '2026-08-31T18:00:00Z', '2026-09-01T00:00:00Z'],
  ...['2026-09-01T12:00:00Z', '2026-09-07T08:00:00Z', '2025-12-31T23:00:00Z', '2026-01-01T01:00:00Z'],
];

const stated = fc.record({
  instant: fc.constantFrom(...instants),
  prices: fc.array(fc.bigInt({ min: 1n, max: 50n }), { minLength: 3, maxLength: 3 }),
  kind: fc.constantFrom(...kinds),
});
const step = fc.record({
  source: fc.integer({ min: 0, max: 1 }),
  figures: fc.uniqueArray(stated, { minLength: 1, maxLength: 5, selector: ({ instant }) => instant }),
  waitMs: fc.constantFrom(0, 1, 5),
  display: fc.boolean(),
  /** Whether somebody asks what is known right after it. */
  asked: fc.boolean(),
});

const byKey = <T extends { sourceId: string; day: string }>(bars: T[]) =>
  bars.toSorted((a, b) => (`${a.sourceId} ${a.day}` < `${b.sourceId} ${b.day}` ? -1 : 1));

async function barsIn(ctx: Ctx, instrumentId: string, period: Period, knownAt?: Date) {
  const range = { instrumentIds: [instrumentId], firstDay: '2025-12-01', lastDay: '2026-12-31', knownAt };
  const lines = await ctx.read((work) => readDays(work, range));
  return byKey(lines.flatMap(({ sourceId, days }) => rollUp(period, days).map((bar: Bar) => ({ sourceId, ...bar }))));
}

async function known(ctx: Ctx, instrumentId: string, knownAt: Date) {
  await settleKnown(ctx, knownAt);
  const rows = await ctx.read((work) => listObservations(work, { instrumentId, knownAt, limit: 100 }));
  return rows.map(({ sourceId, validAt, recordedAt, lowMicros, midMicros, highMicros, kind }) => ({
    ...{ sourceId, validAt, recordedAt: recordedAt.getTime(), lowMicros, midMicros, highMicros, kind },
  }));
}

const plain = ({ sourceId, validAt, recordedAt, lowMicros, midMicros, highMicros, kind }: Stated) => ({
  ...{ sourceId, validAt, recordedAt, lowMicros, midMicros, highMicros, kind },
});
const withoutShown = ({ shown: _, ...bar }: ReturnType<typeof barsOf>[number]) => bar;

/** Plays a history and keeps it as the model does, with its own account of the times that are given. */
async function play(steps: (typeof step extends fc.Arbitrary<infer T> ? T : never)[]) {
  const instrumentId = newId();
  const code = `TEST-${instrumentId}`;
  await world.admin`insert into instrument (instrument_id, code, name, product, grade, form, region, incoterm, currency, unit,
    tax_basis, created_at) values (${instrumentId}, ${code}, 'Test', 'lithium_carbonate', 'battery', 'any', 'XX', 'CIF', 'USD', 'kg',
    'excluding_vat', now())`;
  const sources = [await world.source(), await world.source()];
  const history: Stated[] = [];
  const asked: { at: Date; answer: unknown; bars: unknown }[] = [];
  const last = [0, 0];
  let settled = 0;
  for (const { source: index, figures, waitMs, display, asked: asks } of steps) {
    const source = sources[index];
    if (!source) continue;
    world.clock.advance(waitMs);
    await world.admin`update source set display = ${display} where source_id = ${source.sourceId}`;
    const inputs = figures.map(({ instant, prices, kind }) => {
      const [lowMicros = 0n, midMicros = 0n, highMicros = 0n] = prices.toSorted((a, b) => Number(a - b));
      return figure(instrumentId, instant, 1, { lowMicros, midMicros, highMicros, kind });
    });
    await world.record(source, inputs);
    const recordedAt = Math.max(world.clock.now().getTime(), (last[index] ?? 0) + 1, settled + 1);
    last[index] = recordedAt;
    history.push(...inputs.map((input) => ({ ...input, sourceId: source.sourceId, recordedAt, display })));
    if (!asks) continue;
    const at = world.clock.now();
    // What was asked of one instrument settles every source.
    settled = Math.max(settled, at.getTime());
    asked.push({
      at,
      answer: await known(world.system, instrumentId, at),
      bars: await barsIn(world.system, instrumentId, 'day', at),
    });
  }
  // Past every recorded time, so that each of them may be asked for.
  world.clock.advance(1_000);
  return { instrumentId, history, asked };
}

it('what is known on any instant is what a naive model says, and never changes after it was answered', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
      const { instrumentId, history, asked } = await play(steps);
      const moments = [...new Set(history.flatMap(({ recordedAt }) => [recordedAt - 1, recordedAt, recordedAt + 1]))];
      for (const moment of moments) {
        const at = new Date(moment);
        const expected = knownOn(history, moment);
        expect(await known(world.system, instrumentId, at)).toEqual(expected.map(plain));
        const shown = await known(world.buyer.ctx, instrumentId, at);
        expect(shown).toEqual(expected.filter(({ display }) => display).map(plain));
        for (const period of periods) {
          expect(await barsIn(world.system, instrumentId, period, at)).toEqual(
            barsOf(expected, period).map(withoutShown),
          );
        }
      }
      for (const { at, answer, bars } of asked) {
        expect(await known(world.system, instrumentId, at)).toEqual(answer);
        expect(await barsIn(world.system, instrumentId, 'day', at)).toEqual(bars);
      }
    }),
    { numRuns: 25 },
  );
}, 120_000);

it('bars that were kept up as figures and corrections came in any order are those of all figures at once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 15 }), async (steps) => {
      const { instrumentId, history } = await play(steps.map((each) => ({ ...each, asked: false })));
      const expected = knownOn(history, Number.MAX_SAFE_INTEGER);
      for (const period of periods) {
        expect(await barsIn(world.system, instrumentId, period)).toEqual(barsOf(expected, period).map(withoutShown));
      }
      expect(await barsIn(world.buyer.ctx, instrumentId, 'day')).toEqual(
        barsOf(expected, 'day')
          .filter(({ shown }) => shown)
          .map(withoutShown),
      );
      const [newest] = await world.admin`select source_id, mid_micros, valid_at from latest
        where instrument_id = ${instrumentId} order by valid_at desc, source_id desc limit 1`;
      expect(newest).toMatchObject({ source_id: expected[0]?.sourceId, mid_micros: expected[0]?.midMicros });
    }),
    { numRuns: 40 },
  );
}, 120_000);
