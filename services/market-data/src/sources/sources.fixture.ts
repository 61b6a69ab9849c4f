import { type Assessment, fakeFastmarkets } from '@clearlot/testkit';
import { createWorld, seeded } from '../world.fixture.ts';
import type { SourceAccess } from './source-access.ts';

/** Sources every installation begins with. */
export const seededSources = {
  fastmarkets: '019ab3a0-0000-7000-8000-000000000102',
  perplexity: '019ab3a0-0000-7000-8000-000000000103',
  desk: '019ab3a0-0000-7000-8000-000000000104',
  simulated: '019ab3a0-0000-7000-8000-000000000105',
} as const;

export const carbonateSymbol = 'MB-LI-0029';

/** Short, so that a vendor that stalls does not hold up a test. */
export const limits = { timeoutMs: 300, bytesMax: 1024 * 1024 };

/** A world whose Fastmarkets is on this machine, licensed for display, and has thirty quiet weekdays up to yesterday. */
export async function createMarket(more: Partial<SourceAccess> = {}) {
  const vendor = await fakeFastmarkets();
  for (const symbol of [carbonateSymbol, 'MB-LI-0033']) {
    vendor.list(symbol, { currency: 'USD', unitOfMeasure: 'kg', incoterm: 'CIF' });
  }
  const sourceAccess: SourceAccess = {
    fastmarkets: { authUrl: vendor.authUrl, url: vendor.apiUrl, serviceName: 'clearlot', serviceKey: 'secret' },
    ...{ simulatedFeed: false, allowPrivate: false, limits, ...more },
  };
  const world = await createWorld({ sourceAccess });
  await world.admin`update source set display = true where source_id = ${seededSources.fastmarkets}`;
  vendor.assess(carbonateSymbol, ...quietDays(new Date('2026-11-23T16:30:00Z'), 30));

  const latestMid = async (instrumentId: string = seeded.carbonateCjk): Promise<string | undefined> => {
    const { body } = await world.buyer.get(`/api/market/latest?ids=${instrumentId}`);
    return body.items?.[0]?.figures.find((each: { source: { code: string } }) => each.source.code === 'fastmarkets')
      ?.mid;
  };

  return {
    ...world,
    vendor,
    latestMid,
    /** Lets so much time pass, then does everything that is due. */
    async pass(ms: number) {
      world.clock.advance(ms);
      await world.tick();
    },
    /** Figures kept back that wait for somebody, newest first. */
    async pending() {
      return (await world.operator.get('/api/admin/market/quarantine?status=pending')).body.items;
    },
    /** A source as operators see it. */
    async shown(code: string) {
      const { body } = await world.operator.get('/api/admin/market/sources');
      return body.items.find((each: { code: string }) => each.code === code);
    },
    async recorded(sourceId: string = seededSources.fastmarkets): Promise<number> {
      const [row] = await world.admin`select count(*)::int as count from observation where source_id = ${sourceId}`;
      return row?.count;
    },
    async close() {
      await Promise.all([world.close(), vendor.close()]);
    },
  };
}

export type Market = Awaited<ReturnType<typeof createMarket>>;

/** One assessment for each of so many weekdays up to a day, around 10. */
function quietDays(last: Date, count: number): Assessment[] {
  const days: Assessment[] = [];
  for (let at = last; days.length < count; at = new Date(at.getTime() - 86_400_000)) {
    if (at.getUTCDay() % 6 === 0) continue;
    const mid = 10 + (days.length % 3) / 10;
    days.push({ assessmentDate: at.toISOString(), low: mid - 0.5, mid, high: mid + 0.5 });
  }
  return days;
}
