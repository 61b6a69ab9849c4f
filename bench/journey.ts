// Five hundred people at once, each with their own session, going about their business through the gateway.
import { generateLoad, type Shot, shot } from './load.ts';
import { ms, perSecond, type Result } from './results.ts';
import { quantile } from './statistics.ts';
import type { World } from './world.ts';

const USERS = 500;
const DURATION_MS = 10_000;
const WARM_UP_MS = 3_000;
/** A person looks at what came before the next click: one second on average, which is brisk. */
const thinkMs = () => 500 + Math.random() * 1_000;

/** Goals: p95 under 100 ms and no error, with 500 people who click about once a second. */
export async function measureJourney(world: World): Promise<Result[]> {
  const { gatewayUrl } = world.platform;
  const next = await journeys(world);
  await generateLoad({ url: gatewayUrl, users: USERS, durationMs: WARM_UP_MS, next, thinkMs });
  const people = await generateLoad({ url: gatewayUrl, users: USERS, durationMs: DURATION_MS, next, thinkMs });
  const rush = await generateLoad({ url: gatewayUrl, users: 64, durationMs: 4_000, next });
  const errors = Object.values(people.failures).reduce((sum, each) => sum + each, 0);
  const [p50, p95] = [quantile(people.latenciesMs, 0.5), quantile(people.latenciesMs, 0.95)];
  return [
    {
      what: `${USERS} concurrent users, mixed journey, a click a second each`,
      measured: `p50 ${ms(p50)}, p95 ${ms(p95)}, ${errors} errors (${perSecond(people.perSecond)})`,
      goal: 'p95 < 100 ms, no errors',
      met: p95 < 100 && errors === 0,
    },
    {
      what: '  the same journey without pauses, 64 connections',
      measured: `${perSecond(rush.perSecond)}, p95 ${ms(quantile(rush.latenciesMs, 0.95))}`,
      goal: '',
    },
  ];
}

/** Each user commits once, then browses deals and their own standing, and now and then adds a holding. */
async function journeys(world: World): Promise<(user: number) => Shot> {
  const dealId = await world.openDeal();
  const people = world.buyers.slice(0, USERS);
  const tokens = await world.mintTokens(people);
  const steps = people.map(() => 0);
  return (user) => {
    const index = user % people.length;
    const token = tokens[index] ?? '';
    const step = steps[index] ?? 0;
    steps[index] = step + 1;
    if (step === 0) {
      const body = { commitmentAmount: 5_000, accreditationId: people[index]?.accreditationId, acceptTerms: true };
      return shot('POST', `/api/deals/${dealId}/commit`, { token, body, expects: 201 });
    }
    switch (step % 6) {
      case 1:
        return shot('GET', '/api/deals/active', { token });
      case 2:
        return shot('GET', `/api/deals/${dealId}`, { token });
      case 3:
        return shot('GET', `/api/deals/${dealId}/status`, { token });
      case 4:
        return shot('GET', '/api/holdings/my', { token });
      case 5:
        return shot('POST', '/api/holdings', {
          token,
          body: { companyId: world.companyId, shareType: 'common', quantity: 10 },
          expects: 201,
        });
      default:
        return shot('GET', '/api/profile/me', { token });
    }
  };
}
