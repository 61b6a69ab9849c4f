import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditProgram } from './program/audit.ts';
import { checkLetters } from './program/letters.ts';
import { smallPlan } from './program/plans.ts';
import { type RaisedPlatform, raisePlatform } from './program/platform.ts';
import { confirmOutgoing, fundAll, lockProgram, openProgram, settleProgram, signAll } from './program/program.ts';

let raised: RaisedPlatform;
beforeAll(async () => {
  raised = await raisePlatform({});
});
afterAll(() => raised.stop());

describe('kill -9 of PostgreSQL and of NATS in the middle of settlement', () => {
  it.each(['postgres', 'nats'] as const)(
    '%s comes back and the deal closes, nothing lost and nothing twice',
    async (server) => {
      const { operator, platform, url } = raised;
      const program = await openProgram(url, operator, smallPlan);
      await lockProgram(operator, program, smallPlan);
      platform[server]?.kill('SIGKILL');
      await signAll(program);
      platform[server]?.kill('SIGKILL');
      await fundAll(operator, program, smallPlan);
      platform[server]?.kill('SIGKILL');
      await settleProgram(operator, program);
      await confirmOutgoing(operator, program.dealId);
      expect(await auditProgram(operator, program, smallPlan)).toMatchObject({
        sharesSold: 2_500,
        refundedCents: 25_025,
      });
      await checkLetters(platform, program, () => true);
    },
  );
});
