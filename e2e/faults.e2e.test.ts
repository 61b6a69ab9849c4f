import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditProgram } from './program/audit.ts';
import { atRandomHalf, keepCrashPoints } from './program/crash-points.ts';
import { checkLetters } from './program/letters.ts';
import { smallPlan } from './program/plans.ts';
import { type RaisedPlatform, raisePlatform } from './program/platform.ts';
import {
  confirmOutgoing,
  fundAll,
  lockProgram,
  openProgram,
  type Program,
  settleProgram,
  signAll,
} from './program/program.ts';
import { untilQuiet } from './program/quiet.ts';

const services = ['identity', 'deals', 'payments', 'documents'] as const;
/** Deaths of one service in one round, far apart in its list. */
const DEATHS = 8;

/** Every death is waited for this long by others; in production it may take longer. */
const soon = { TAKEOVER_MS: '600' };

const crashPoints = keepCrashPoints();
let raised: RaisedPlatform;
beforeAll(async () => {
  raised = await raisePlatform({
    env: Object.fromEntries(services.map((name) => [name, { ...crashPoints.env, ...soon }])),
  });
});
afterAll(async () => {
  await raised.stop();
  crashPoints.remove();
});

/** Intake is over, its last events handled, so that every crash point passed from here on is one of settlement. */
async function open(): Promise<Program> {
  const program = await openProgram(raised.url, raised.operator, smallPlan);
  await untilQuiet(raised.platform);
  return program;
}

async function settle(program: Program): Promise<void> {
  await lockProgram(raised.operator, program, smallPlan);
  await signAll(program);
  await fundAll(raised.operator, program, smallPlan);
  await settleProgram(raised.operator, program);
  await confirmOutgoing(raised.operator, program.dealId);
}

/** The same end whatever happened on the way: money, shares, e-mails, ledger. */
async function checkEnd(program: Program): Promise<void> {
  const flow = await auditProgram(raised.operator, program, smallPlan);
  expect(flow).toMatchObject({ sharesSold: 2_500, paidOutCents: 3_125_000, refundedCents: 25_025 });
  await checkLetters(raised.platform, program, () => true);
  const deal = await raised.operator.get<{ status: string }>(`/api/admin/deals/${program.dealId}`);
  expect(deal.status).toBe('closed');
  const ledger = postgres(raised.platform.databases.payments.adminUrl, { max: 1, onnotice() {} });
  const sums = await ledger<{ total: string }[]>`select sum(amount_minor)::text as total from entry group by currency`;
  await ledger.end();
  expect(sums.map((row) => row.total)).toEqual(sums.map(() => '0'));
}

describe('kill -9 at the named crash points of settlement', () => {
  it('ends in the same closed deal, nothing lost and nothing twice', { timeout: 900_000 }, async () => {
    const calm = await open();
    crashPoints.forget();
    await settle(calm);
    await checkEnd(calm);
    const points = atRandomHalf(crashPoints.passed(services));
    for (const service of services) expect(points[service].length, `${service} has crash points`).toBeGreaterThan(3);
    const rounds = Math.ceil(Math.max(...services.map((name) => points[name].length)) / DEATHS);
    let killed = 0;
    for (let round = 0; round < rounds; round++) {
      // Some points of every service in each round, so that they also die in each other's company.
      const armed = services.flatMap((name) => points[name].filter((_, index) => index % rounds === round));
      const program = await open();
      crashPoints.arm(armed);
      const gateway = raised.process('gateway');
      if (round % 3 === 0) setTimeout(() => gateway.kill('SIGKILL'), 300 * (round % 7));
      try {
        await settle(program);
        await checkEnd(program);
        await crashPoints.untilSprung(armed);
      } catch (error) {
        throw new Error(`armed ${armed.join(', ')}`, { cause: error });
      }
      killed += armed.length;
    }
    console.log(
      `${killed} crash points in ${rounds} rounds: ${services.map((name) => `${name} ${points[name].length}`).join(', ')}`,
    );
  });
});
