import { newId } from '@clearlot/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorld, figure, seeded, type World } from '../world.fixture.ts';
import { priceMessage } from './announce.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const refused = (status: number, code: string) => ({ status, body: expect.objectContaining({ code }) });
const instrument = async (region: string) =>
  (
    await world.operator.post('/api/admin/market/instruments', {
      ...{ name: `Carbonate in ${region}`, product: 'lithium_carbonate', grade: 'battery', region },
      ...{ incoterm: 'CIF', currency: 'USD', unit: 'kg', taxBasis: 'excluding_vat' },
    })
  ).body.instrumentId as string;

describe('recording', () => {
  it('answers what became newest, counted per instrument whatever the source', async () => {
    const [one, two] = [await world.source(), await world.source()];
    const id = await instrument('AA');
    const first = await world.record(one, [figure(id, '2026-11-20', 10), figure(id, '2026-11-21', 11)]);
    expect(first).toMatchObject({ recorded: 2, corrected: 0, changed: [{ midMicros: 11_000_000n, sequence: 1n }] });
    expect(await world.record(two, [figure(id, '2026-11-19', 9)])).toMatchObject({ changed: [{ sequence: 2n }] });
    const backdated = await world.record(one, [figure(id, '2026-11-18', 8)]);
    expect(backdated).toEqual({ recorded: 1, corrected: 0, changed: [] });
    const corrected = await world.record(one, [figure(id, '2026-11-21', 12, { edition: '2' })]);
    expect(corrected).toMatchObject({ recorded: 1, corrected: 1, changed: [{ midMicros: 12_000_000n, sequence: 3n }] });
  });

  it('carries times of one source that only go forwards, though its clock stands still', async () => {
    const source = await world.source();
    const id = await instrument('AB');
    for (const mid of [1, 2, 3]) await world.record(source, [figure(id, '2026-11-20', mid)]);
    const rows = await world.admin<{ recorded_at: string }[]>`
      select recorded_at from observation where source_id = ${source.sourceId} order by observation_id`;
    const times = rows.map((row) => new Date(row.recorded_at).getTime());
    expect(times).toEqual([...new Set(times)].toSorted((a, b) => a - b));
    expect(times[0]).toBe(world.clock.now().getTime());
  });

  it('refuses what is no price, what is stated twice, and what it does not know, and records nothing of it', async () => {
    const source = await world.source();
    const id = await instrument('AC');
    const good = figure(id, '2026-11-20', 10);
    const tries = [
      [[good, figure(id, '2026-11-21', 0)], 'MARKET_OBSERVATION_INVALID'],
      [[good, { ...figure(id, '2026-11-21', 5), lowMicros: 6_000_000n }], 'MARKET_OBSERVATION_INVALID'],
      [[good, { ...good, midMicros: 10_000_000n, edition: '2' }], 'MARKET_OBSERVATION_REPEATED'],
      [[good, figure(newId(), '2026-11-20', 10)], 'MARKET_INSTRUMENT_NOT_FOUND'],
    ] as const;
    for (const [inputs, code] of tries) await expect(world.record(source, inputs)).rejects.toMatchObject({ code });
    await expect(world.record({ sourceId: newId() }, [good])).rejects.toMatchObject({
      code: 'MARKET_SOURCE_NOT_FOUND',
    });
    expect(await world.admin`select 1 from observation where instrument_id = ${id}`).toHaveLength(0);
  });

  it('keeps editions as they are written', async () => {
    const source = await world.source();
    const id = await instrument('AD');
    const edition = 'He said: "1,5 {MCS}", \\ and null';
    await world.record(source, [figure(id, '2026-11-20', 10, { edition })]);
    const { body } = await world.buyer.get(`/api/market/instruments/${id}/observations`);
    expect(body.items).toMatchObject([{ edition, low: '10', mid: '10', high: '10' }]);
  });

  it('of two sources at once never stands still, and counts both', async () => {
    const sources = await Promise.all([world.source(), world.source(), world.source()]);
    const ids = await Promise.all(['BA', 'BB', 'BC', 'BD'].map(instrument));
    const rounds = Array.from({ length: 8 }, (_, round) =>
      Promise.all(
        sources.map((source, index) => {
          const day = `2026-11-${String(10 + round).padStart(2, '0')}`;
          const inputs = ids.map((id) => figure(id, day, 1 + index));
          return world.record(source, index % 2 === 0 ? inputs : inputs.toReversed());
        }),
      ),
    );
    await Promise.all(rounds);
    const rows = await world.admin<{ sequence: bigint }[]>`
      select sequence from instrument where instrument_id = any(${ids}::uuid[])`;
    // Each source's eight days became newest at least once, in whatever order they came.
    for (const { sequence } of rows) expect(Number(sequence)).toBeGreaterThanOrEqual(3);
    expect(await world.admin`select 1 from observation where instrument_id = any(${ids}::uuid[])`).toHaveLength(96);
  });
});

describe('the newest figures', () => {
  it('say source, unit, basis, kind, age, and whether they are stale', async () => {
    const source = await world.source({ freshness_target_ms: 3_600_000n });
    const id = await instrument('CA');
    await world.record(source, [figure(id, '2026-11-24T08:30:00Z', 12.345678, { lowMicros: 12_000_000n })]);
    const answer = await world.buyer.get(`/api/market/latest?ids=${id}`);
    expect(answer.body).toEqual({
      items: [
        {
          instrument: expect.objectContaining({
            instrumentId: id,
            region: 'CA',
            currency: 'USD',
            taxBasis: 'excluding_vat',
          }),
          figures: [
            expect.objectContaining({
              source: expect.objectContaining({ code: source.code, attribution: 'Made up for a test' }),
              ...{ low: '12', mid: '12.345678', high: '12.345678', currency: 'USD', unit: 'kg', kind: 'assessment' },
              ...{ validAt: '2026-11-24T08:30:00.000Z', recordedAt: '2026-11-24T09:00:00.000Z' },
              ...{ ageMs: 1_800_000, stale: false, sequence: '1' },
            }),
          ],
        },
      ],
      nextCursor: null,
    });
    world.clock.advance(1_800_001);
    const later = await world.buyer.get(`/api/market/latest?ids=${id}`);
    expect(later.body.items[0].figures[0]).toMatchObject({ stale: true, ageMs: 3_600_001 });
  });

  it('are found by what they are of, in pages', async () => {
    const first = await world.buyer.get('/api/market/latest?product=lithium_carbonate&limit=2');
    expect(first.body.items).toHaveLength(2);
    const rest = await world.buyer.get(
      `/api/market/latest?product=lithium_carbonate&limit=200&cursor=${first.body.nextCursor}`,
    );
    const ids = [...first.body.items, ...rest.body.items].map((each) => each.instrument.instrumentId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toContain(seeded.carbonateUs);
    expect(ids).not.toContain(seeded.spodumeneChina);
  });

  it('begin with what USGS published, cited', async () => {
    const { body } = await world.buyer.get(`/api/market/latest?ids=${seeded.carbonateUs}`);
    expect(body.items[0].figures).toMatchObject([
      {
        source: { code: 'usgs', attribution: expect.stringContaining('U.S. Geological Survey') },
        ...{ mid: '37000', unit: 't', currency: 'USD', kind: 'annual_average', stale: true },
        edition: 'Mineral Commodity Summaries 2023, estimate',
      },
    ]);
    const all = await world.buyer.get(`/api/market/instruments/${seeded.carbonateUs}/observations`);
    expect(all.body.items.map((each: { mid: string }) => each.mid)).toEqual([
      '37000',
      '12600',
      '8400',
      '11700',
      '16000',
      '15000',
      '8650',
      '6500',
      '6690',
    ]);
  });

  it('are remembered until a replica says that they changed', async () => {
    const source = await world.source();
    const id = await instrument('CB');
    await world.record(source, [figure(id, '2026-11-20', 10)]);
    const read = async () => (await world.buyer.get(`/api/market/latest?ids=${id}`)).body.items[0].figures[0].mid;
    expect(await read()).toBe('10');
    const { changed } = await world.record(source, [figure(id, '2026-11-21', 11)]);
    expect(await read()).toBe('10');
    for (const latest of changed) world.clients.ticker.publish(id, JSON.stringify(priceMessage(latest)));
    expect(await read()).toBe('11');
  });

  it('of an instrument nobody knows are refused by name', async () => {
    expect(await world.buyer.get(`/api/market/latest?ids=${newId()}`)).toMatchObject(
      refused(404, 'MARKET_INSTRUMENT_NOT_FOUND'),
    );
  });
});

describe('a licence', () => {
  it('without display shows a figure to operators only, nor what it replaced, nor any trace of it live', async () => {
    const source = await world.source();
    const id = await instrument('DA');
    await world.record(source, [figure(id, '2026-11-20', 10), figure(id, '2026-11-21', 11)]);
    await world.admin`update source set display = false where source_id = ${source.sourceId}`;
    const { changed } = await world.record(source, [figure(id, '2026-11-21', 99)]);
    const mids = async (by: World['buyer'], path: string, pick: (body: never) => { mid: string }[]) =>
      pick((await by.get(path)).body as never).map(({ mid }) => mid);
    const list = (by: World['buyer']) =>
      mids(by, `/api/market/instruments/${id}/observations`, ({ items }: { items: { mid: string }[] }) => items);
    expect(await list(world.buyer)).toEqual(['10']);
    expect(await list(world.operator)).toEqual(['99', '10']);
    const latest = async (by: World['buyer']) =>
      (await by.get(`/api/market/latest?ids=${id}`)).body.items[0].figures.map((each: { mid: string }) => each.mid);
    expect(await latest(world.operator)).toEqual(['99']);
    expect(await latest(world.buyer)).toEqual([]);
    const bars = async (by: World['buyer']) =>
      (await by.get(`/api/market/instruments/${id}/bars`)).body.lines.flatMap((line: { bars: { close: string }[] }) =>
        line.bars.map(({ close }) => close),
      );
    expect(await bars(world.operator)).toEqual(['10', '99']);
    expect(await bars(world.buyer)).toEqual(['10']);
    expect(changed.map(priceMessage)).toEqual([{ instrumentId: id, sequence: '2' }]);
  });

  it('without export is in no file, which says how many figures it left out', async () => {
    const open = await world.source();
    const closed = await world.source({ export: false });
    const id = await instrument('DB');
    await world.record(open, [figure(id, '2026-11-20', 10, { edition: '=HYPERLINK("x")' })]);
    await world.record(closed, [figure(id, '2026-11-20', 77), figure(id, '2026-11-21', 78)]);
    for (const by of [world.buyer, world.operator]) {
      const file = await by.get(`/api/market/instruments/${id}/observations.csv`);
      expect(file.headers).toMatchObject({ 'x-left-out': '2', 'content-type': 'text/csv; charset=utf-8' });
      const lines = String(file.body).trimEnd().split('\r\n');
      expect(lines).toHaveLength(3);
      expect(lines[0]).toMatch(/^instrument,product,.*,recordedAt$/);
      expect(lines[1]).toContain(`"'=HYPERLINK(""x"")"`);
      expect(lines[2]).toMatch(/^# left out .*: 2$/);
      expect(file.body).not.toContain('77');
    }
  });

  it('of a stored figure stays what it was when its source changes', async () => {
    const source = await world.source({ export: false, llm: false });
    const id = await instrument('DC');
    await world.record(source, [figure(id, '2026-11-20', 10)]);
    await world.admin`update source set export = true, llm = true where source_id = ${source.sourceId}`;
    const { changed } = await world.record(source, [figure(id, '2026-11-21', 10)]);
    expect(changed[0]?.licence).toEqual({ display: true, export: true, llm: true });
    const rows = await world.admin`select export, llm from observation where instrument_id = ${id} order by valid_at`;
    expect(rows).toEqual([
      { export: false, llm: false },
      { export: true, llm: true },
    ]);
  });
});

describe('a list of figures', () => {
  it('comes in pages that leave nothing out and repeat nothing, also where sources share an instant', async () => {
    const sources = await Promise.all([world.source(), world.source(), world.source()]);
    const id = await instrument('EA');
    for (const [index, source] of sources.entries()) {
      await world.record(
        source,
        ['2026-11-18', '2026-11-19', '2026-11-20'].map((day) => figure(id, day, 10 + index)),
      );
    }
    const seen: string[] = [];
    for (let cursor = ''; ; ) {
      const { body } = await world.buyer.get(`/api/market/instruments/${id}/observations?limit=2${cursor}`);
      seen.push(...body.items.map((each: { observationId: string }) => each.observationId));
      if (!body.nextCursor) break;
      cursor = `&cursor=${body.nextCursor}`;
    }
    expect(seen).toHaveLength(9);
    expect(new Set(seen).size).toBe(9);
    const one = await world.buyer.get(`/api/market/instruments/${id}/observations?source=${sources[1]?.sourceId}`);
    expect(one.body.items.map((each: { mid: string }) => each.mid)).toEqual(['11', '11', '11']);
    const some = await world.buyer.get(`/api/market/instruments/${id}/observations?from=2026-11-19&to=2026-11-20`);
    expect(some.body.items).toHaveLength(3);
  });

  it('of a future knowledge is refused', async () => {
    const answer = await world.buyer.get(
      `/api/market/instruments/${seeded.carbonateUs}/observations?knownAt=2027-01-01`,
    );
    expect(answer).toMatchObject(refused(400, 'MARKET_KNOWN_AT_IN_FUTURE'));
  });
});
