import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acceptAndRelease, auditOrder, deliver, fundOrder, readOrder } from './lithium/fulfilment.ts';
import { openMarket, type Supplier } from './lithium/market.ts';
import { offerPlans, supplierPlans } from './lithium/plans.ts';
import { awardTender, openTender, signContracts } from './lithium/tender.ts';
import { auditProgram } from './program/audit.ts';
import { checkLetters } from './program/letters.ts';
import { registerPerson } from './program/people.ts';
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

  it('a request for quotation becomes paid orders, to the cent', async () => {
    const { operator, url } = raised;
    const suppliers = await openMarket(url, operator, supplierPlans);
    const buyer = await registerPerson(url, 'buyer', 'Bruno Becker');
    const tender = await openTender(buyer, suppliers, offerPlans, 6_000);
    const award = await awardTender(tender);
    for (const orderId of await signContracts(tender, award)) {
      await fundOrder(operator, buyer, orderId);
      const { supplierId } = await readOrder(buyer, orderId);
      const supplier = suppliers.find((each) => each.supplierId === supplierId) as Supplier;
      const deliveryId = await deliver(buyer, supplier, orderId, { share: 0.98, li2co3: 99.6 });
      const order = await acceptAndRelease(operator, buyer, orderId, deliveryId);
      await auditOrder(operator, order);
      expect(order.held).toBe(0);
    }
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
