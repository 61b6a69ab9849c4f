import { readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditProgram } from './program/audit.ts';
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

const services = ['identity', 'deals', 'payments', 'documents'] as const;
const visits = join(tmpdir(), `clearlot-crash-points-${process.pid}.log`);
// Reads and leases change nothing; a start passes them before any deal does.
const harmless = /(\.read|\.relay-read|\.relay-lease|\.watch-deadlines|WatchDeadlines|\.seal|Seal)/;

let raised: RaisedPlatform;
beforeAll(async () => {
  const env = { CLEARLOT_CRASH_LOG: visits };
  raised = await raisePlatform({ env: Object.fromEntries(services.map((name) => [name, env])) });
});
afterAll(() => raised.stop());

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

/** Every named crash point that settling one deal passes, by service. */
async function crashPoints(): Promise<Record<(typeof services)[number], string[]>> {
  const program = await openProgram(raised.url, raised.operator, smallPlan);
  writeFileSync(visits, '');
  await settle(program);
  await checkEnd(program);
  const passed = [...new Set(readFileSync(visits, 'utf8').split('\n'))].filter((name) => name && !harmless.test(name));
  const of = (service: string) =>
    passed.filter((name) => name.startsWith(`${service}.`) || name.startsWith(`${service}__`)).sort();
  return { identity: of('identity'), deals: of('deals'), payments: of('payments'), documents: of('documents') };
}

describe('kill -9 at every named crash point of settlement', () => {
  it('ends in the same closed deal, nothing lost and nothing twice', { timeout: 900_000 }, async () => {
    const points = await crashPoints();
    const rounds = Math.max(...services.map((name) => points[name].length));
    for (const service of services) expect(points[service].length, `${service} has crash points`).toBeGreaterThan(3);
    let killed = 0;
    for (let round = 0; round < rounds; round++) {
      // One point of every service in each round, so that they also die in each other's company.
      const armed = services.flatMap((name) => points[name].slice(round, round + 1).map((point) => ({ name, point })));
      const program = await openProgram(raised.url, raised.operator, smallPlan);
      const before = new Map(armed.map(({ name }) => [name, raised.process(name).exits]));
      await Promise.all(armed.map(({ name, point }) => raised.process(name).restart({ CLEARLOT_CRASH_AT: point })));
      const gateway = raised.process('gateway');
      if (round % 3 === 0) setTimeout(() => gateway.kill('SIGKILL'), 300 * (round % 7));
      try {
        await settle(program);
        await checkEnd(program);
      } catch (error) {
        throw new Error(`armed ${armed.map(({ point }) => point).join(', ')}`, { cause: error });
      }
      for (const { name, point } of armed) {
        const died = raised.process(name).exits > (before.get(name) ?? 0);
        expect(died, `${point} was reached and killed its process`).toBe(true);
        killed++;
      }
    }
    console.log(
      `${killed} crash points in ${rounds} rounds: ${services.map((name) => `${name} ${points[name].length}`).join(', ')}`,
    );
  });
});
