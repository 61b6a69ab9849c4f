import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acceptAndRelease, auditOrder, deliver, fundOrder, readOrder } from './lithium/fulfilment.ts';
import { openMarket, type Supplier } from './lithium/market.ts';
import { offerPlans, supplierPlans } from './lithium/plans.ts';
import { awardTender, openTender, signContracts, type Tender } from './lithium/tender.ts';
import { atRandomHalf, keepCrashPoints } from './program/crash-points.ts';
import { registerPerson, until } from './program/people.ts';
import { type RaisedPlatform, raisePlatform } from './program/platform.ts';
import { untilQuiet } from './program/quiet.ts';

const services = ['identity', 'marketplace', 'payments', 'documents'] as const;
/** Deaths of one service in one round, far apart in its list. */
const DEATHS = 18;
/**
 * The RFQ closes before the award, so its deaths are armed apart, one a round. They are not of the recorded list: a replica
 * that was second to look may find the RFQ closed, and pass them, at any time after.
 */
const closing = ['marketplace.CloseRfq:before-commit', 'marketplace.CloseRfq:after-commit'];

/** Every death is waited for this long by others; in production it may take longer. */
const soon = { TAKEOVER_MS: '600' };

const crashPoints = keepCrashPoints();
let raised: RaisedPlatform;
let suppliers: Supplier[];
beforeAll(async () => {
  // Of the service that dies most there are two: the other one goes on with what the dead one left half done.
  raised = await raisePlatform({
    replicas: { marketplace: 2 },
    env: Object.fromEntries(services.map((name) => [name, { ...crashPoints.env, ...soon }])),
  });
  suppliers = await openMarket(raised.url, raised.operator, supplierPlans.slice(0, 2));
});
afterAll(async () => {
  await raised.stop();
  crashPoints.remove();
});

/**
 * An RFQ that is evaluated, all of its events handled: what is passed from here on belongs to award and order. Whoever
 * closes it dies at the given points.
 */
async function evaluated(deaths: string[]): Promise<Tender> {
  crashPoints.arm(deaths);
  const buyer = await registerPerson(raised.url, 'buyer', 'Bruno Becker');
  const tender = await openTender(buyer, suppliers, offerPlans, 6_000);
  await crashPoints.untilSprung(deaths);
  await untilQuiet(raised.platform);
  return tender;
}

/** From the award to paid orders, one of them short in weight. */
async function fulfil(tender: Tender): Promise<void> {
  const award = await awardTender(tender);
  const orderIds = await signContracts(tender, award);
  expect(orderIds).toHaveLength(2);
  for (const [index, orderId] of orderIds.entries()) {
    await fundOrder(raised.operator, tender.buyer, orderId);
    const { supplierId } = await readOrder(tender.buyer, orderId);
    const supplier = suppliers.find((each) => each.supplierId === supplierId) as Supplier;
    const found = { share: index === 0 ? 0.98 : 1, li2co3: 99.6 };
    const deliveryId = await deliver(tender.buyer, supplier, orderId, found);
    const order = await acceptAndRelease(raised.operator, tender.buyer, orderId, deliveryId);
    await auditOrder(raised.operator, order);
    const { amount, released, refunded } = order;
    expect(Math.round(released * 100)).toBe(Math.round(amount * 100 * found.share));
    expect(Math.round((released + refunded) * 100)).toBe(Math.round(amount * 100));
  }
  await until('the RFQ to be contracted', async () => {
    const rfq = await tender.buyer.client.get<{ status: string }>(`/api/rfqs/${tender.rfqId}`);
    return rfq.status === 'contracted';
  });
  await untilQuiet(raised.platform);
  const ledger = postgres(raised.platform.databases.payments.adminUrl, { max: 1, onnotice() {} });
  const sums = await ledger<{ total: string }[]>`select sum(amount_minor)::text as total from entry group by currency`;
  await ledger.end();
  expect(sums.map((row) => row.total)).toEqual(sums.map(() => '0'));
}

/** The subjects of the letters that a tender's people had about it, without its name. */
async function lettersAbout({ title, buyer, suppliers: people }: Tender): Promise<string[][]> {
  return Promise.all(
    [buyer, ...people].map(async ({ email }) => {
      const letters = (await raised.platform.mailbox?.messages(email)) ?? [];
      const subjects = letters.map((letter) => letter.subject ?? '');
      return subjects
        .filter((each) => each.includes(title))
        .map((each) => each.replace(title, '…'))
        .sort();
    }),
  );
}

describe('kill -9 at the named crash points of award and order', () => {
  it('ends in the same paid orders, nothing lost and nothing twice', { timeout: 900_000 }, async () => {
    const calm = await evaluated([]);
    crashPoints.forget();
    await fulfil(calm);
    const letters = await lettersAbout(calm);
    expect(letters.flat().length).toBeGreaterThan(15);
    const points = atRandomHalf(crashPoints.passed(services));
    for (const service of services) expect(points[service].length, `${service} has crash points`).toBeGreaterThan(3);
    const rounds = Math.ceil(Math.max(...services.map((name) => points[name].length)) / DEATHS);
    let killed = 0;
    for (let round = 0; round < rounds; round++) {
      const armed = services.flatMap((name) =>
        points[name].filter((point, index) => index % rounds === round && !closing.includes(point)),
      );
      const deaths = closing.slice(round, round + 1);
      const tender = await evaluated(deaths);
      crashPoints.arm(armed);
      const gateway = raised.process('gateway');
      setTimeout(() => gateway.kill('SIGKILL'), 700 * (round + 1));
      try {
        await fulfil(tender);
        await crashPoints.untilSprung(armed);
        await until('the letters', async () => (await lettersAbout(tender)).flat().length >= letters.flat().length);
        expect(await lettersAbout(tender)).toEqual(letters);
      } catch (error) {
        throw new Error(`armed ${armed.join(', ')}`, { cause: error });
      }
      killed += armed.length + deaths.length;
    }
    console.log(
      `${killed} crash points in ${rounds} rounds: ${services.map((name) => `${name} ${points[name].length}`).join(', ')}`,
    );
  });
});
