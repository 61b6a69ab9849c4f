import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditProgram } from './program/audit.ts';
import { checkLetters } from './program/letters.ts';
import { fullPlan, smallPlan } from './program/plans.ts';
import { type RaisedPlatform, raisePlatform } from './program/platform.ts';
import { confirmOutgoing, fundAll, lockProgram, openProgram, settleProgram, signAll } from './program/program.ts';

let raised: RaisedPlatform;
beforeAll(async () => {
  raised = await raisePlatform({ replicas: 2 });
});
afterAll(() => raised.stop());

describe('with two replicas of every process', () => {
  it('a deal closes, to the cent and to the share, each e-mail once', async () => {
    const { operator, url } = raised;
    const program = await openProgram(url, operator, fullPlan);
    await lockProgram(operator, program, fullPlan);
    await signAll(program);
    await fundAll(operator, program, fullPlan);
    await settleProgram(operator, program);
    await confirmOutgoing(operator, program.dealId);
    expect((await auditProgram(operator, program, fullPlan)).refundedCents).toBe(25_025);
    const unmet = program.sellers.find((each) => each.fullName === 'Hugo Brandt')?.email;
    await checkLetters(raised.platform, program, (email) => email !== unmet);
  });

  it('a deal closes while one replica after the other is restarted', async () => {
    const { operator, url } = raised;
    const program = await openProgram(url, operator, smallPlan);
    let done = false;
    const rolling = (async () => {
      for (const each of raised.platform.processes.filter(({ name }) => name !== 'gateway')) {
        if (done) return;
        await each.restart();
      }
    })();
    await lockProgram(operator, program, smallPlan);
    await signAll(program);
    await fundAll(operator, program, smallPlan);
    await settleProgram(operator, program);
    await confirmOutgoing(operator, program.dealId);
    done = true;
    await rolling;
    await auditProgram(operator, program, smallPlan);
  });
});
