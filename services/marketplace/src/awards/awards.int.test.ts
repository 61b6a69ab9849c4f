import { newId } from '@clearlot/kernel';
import { events } from '@clearlot/proto/events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contentFor, handIn, hourMs, openedRfq, pass, publishedRfq } from '../rfqs/rfq.fixture.ts';
import { createWorld, type World } from '../world.fixture.ts';
import { byLine, evaluatedRfq, priced, refused, told, twoLines } from './award.fixture.ts';

let world: World;
let a: Awaited<ReturnType<World['verifiedSupplier']>>;
let b: typeof a;
let c: typeof a;

beforeAll(async () => {
  world = await createWorld();
  [a, b, c] = [await world.verifiedSupplier(), await world.verifiedSupplier(), await world.verifiedSupplier()];
});
afterAll(() => world.close());

describe('an evaluation', () => {
  it('ranks every line with each term of its landed cost, for the buyer only', async () => {
    const costModel = { freight: [{ origin: 'CL', perTonne: 85 }], insurancePpm: 1_500, duty: [], normalise: true };
    const fob = priced({ L1: '10000.00' }, { incoterm: 'FOB' });
    const { buyer, rfqId, responseIds } = await openedRfq(world, [a, b], [fob, priced({ L1: '10050.00' })], {
      terms: { costModel },
    });
    const { status, body } = await buyer.get(`/api/rfqs/${rfqId}/evaluation`);
    expect(status).toBe(200);
    const [line] = body.lines;
    expect(line.offers.map((each: { responseId: string }) => each.responseId)).toEqual([
      responseIds[1],
      responseIds[0],
    ]);
    expect(line.offers[1]).toMatchObject({
      rank: 2,
      landedCost: 10100.13,
      comparisonExact: '4040051/4',
      coefficient: '1',
    });
    expect(line.offers[1].terms).toEqual([
      { name: 'price', amount: 10000 },
      { name: 'moisture', amount: 0 },
      { name: 'grade', amount: 0 },
      { name: 'freight', amount: 85 },
      { name: 'insurance', amount: 15.13 },
      { name: 'duty', amount: 0 },
      { name: 'finance', amount: 0 },
      { name: 'other', amount: 0 },
    ]);
    for (const other of [a, world.buyer()]) {
      expect((await other.get(`/api/rfqs/${rfqId}/evaluation`)).status).not.toBe(200);
    }
    expect(refused(await world.buyer().get(`/api/rfqs/${rfqId}/evaluation`))).toEqual([
      404,
      'MARKETPLACE_RFQ_NOT_FOUND',
    ]);
  });

  it('is sealed until the responses are opened, and so is what follows it', async () => {
    const { buyer, rfqId, terms } = await publishedRfq(world);
    await handIn(a, rfqId, contentFor(terms));
    const sealed = [409, 'MARKETPLACE_RESPONSES_SEALED'];
    expect(refused(await buyer.get(`/api/rfqs/${rfqId}/evaluation`))).toEqual(sealed);
    expect(refused(await buyer.post(`/api/rfqs/${rfqId}/scenarios`, byLine))).toEqual(sealed);
    expect(refused(await buyer.post(`/api/rfqs/${rfqId}/evaluate`))).toEqual(sealed);
    expect(refused(await buyer.post(`/api/rfqs/${rfqId}/award`, byLine))).toEqual([
      409,
      'MARKETPLACE_AWARD_NOT_EVALUATED',
    ]);
  });

  it('is closed once, and stays closed', async () => {
    const { buyer, rfqId, status } = await evaluatedRfq(world, [a], [contentFor]);
    expect(await buyer.post(`/api/rfqs/${rfqId}/evaluate`)).toMatchObject({
      status: 200,
      body: { rfqId, status: 'evaluated' },
    });
    expect(await status()).toBe('evaluated');
    expect(refused(await world.buyer().post(`/api/rfqs/${rfqId}/evaluate`))).toEqual([
      404,
      'MARKETPLACE_RFQ_NOT_FOUND',
    ]);
  });
});

describe('a scenario', () => {
  it('is the best split with its amounts, and what each constraint costs', async () => {
    const { buyer, rfqId } = await openedRfq(world, [a, b], twoLines);
    const body = { mode: 'by_line', constraints: { suppliersMax: 1, shareMinPpm: 100_000 } };
    const answer = await buyer.post(`/api/rfqs/${rfqId}/scenarios`, body);
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      mode: 'by_line',
      amount: 1_410_000,
      comparisonCost: 1_410_000,
      supplierIds: [b.supplierId],
    });
    expect(answer.body.constraints).toEqual([
      { constraint: 'suppliersMax', saves: 50_000, savesExact: '5000000' },
      { constraint: 'shareMinPpm', saves: 0, savesExact: '0' },
    ]);
    expect(answer.body.items.map((item: object) => item)).toMatchObject([
      { supplierId: b.supplierId, lineId: 'L1', quantityKg: 100_000, price: 10_500, amount: 1_050_000 },
      { supplierId: b.supplierId, lineId: 'L2', quantityKg: 40_000, price: 9_000, amount: 360_000 },
    ]);
  });

  it('that cannot be is refused and names the constraint', async () => {
    const { buyer, rfqId } = await openedRfq(world, [a, b], twoLines);
    const answer = await buyer.post(`/api/rfqs/${rfqId}/scenarios`, { ...byLine, constraints: { suppliersMin: 3 } });
    expect(refused(answer)).toEqual([422, 'MARKETPLACE_AWARD_INFEASIBLE']);
    expect(answer.body.errors).toMatchObject([{ pointer: '/constraints/suppliersMin' }]);
  });
});

describe('an award', () => {
  it('goes to the best split; everybody who responded is told how it fared, and only that', async () => {
    const rfq = await evaluatedRfq(world, [a, b, c], [...twoLines, priced({ L1: '10600.00' })]);
    const { status, body } = await rfq.award({ ...byLine, justification: 'The cheapest.' });
    expect(status).toBe(201);
    const until = new Date(world.clock.now().getTime() + 48 * hourMs).toISOString();
    expect(body).toMatchObject({ status: 'standstill', standstillUntil: until, amount: 1_360_000, currency: 'USD' });
    expect(body.items).toMatchObject([
      { responseId: rfq.responseIds[0], lineId: 'L1', quantityKg: 100_000, price: 10_000, amount: 1_000_000 },
      { responseId: rfq.responseIds[1], lineId: 'L2', quantityKg: 40_000, price: 9_000, amount: 360_000 },
    ]);
    expect(await rfq.status()).toBe('awarded');

    const decided = (await world.emitted(events.awardDecided)).find((each) => each.awardId === body.awardId);
    expect(decided?.items.map((item) => [item.lineId, item.amountMinor])).toEqual([
      ['L1', 100_000_000n],
      ['L2', 36_000_000n],
    ]);
    const ofRfq = (mails: { data: { [key: string]: string } }[]) =>
      mails.filter((each) => each.data.rfqId === rfq.rfqId);
    expect(ofRfq(await told(world, 'award_won', a.id))).toMatchObject([{ data: { amount: 'USD 1,000,000.00' } }]);
    expect(ofRfq(await told(world, 'award_unsuccessful', a.id))).toEqual([]);
    expect(ofRfq(await told(world, 'award_unsuccessful', c.id))).toMatchObject([
      { data: { reason: 'L1: rank 3 of 3, USD 600.00 per tonne above the cheapest awarded offer' } },
    ]);

    const whole = (await rfq.buyer.get(`/api/rfqs/${rfq.rfqId}/award`)).body;
    expect(whole.award).toMatchObject({ status: 'standstill', mode: 'by_line', justification: 'The cheapest.' });
    expect([whole.items.length, whole.notices.length]).toEqual([2, 3]);
    const theirs = (await a.get(`/api/rfqs/${rfq.rfqId}/award`)).body;
    expect(theirs.award).toBeNull();
    expect(theirs.items).toMatchObject([{ supplierId: a.supplierId, lineId: 'L1' }]);
    expect(theirs.notices).toMatchObject([{ supplierId: a.supplierId, outcome: 'won' }]);
    const lost = (await c.get(`/api/rfqs/${rfq.rfqId}/award`)).body;
    expect(lost.items).toEqual([]);
    expect(lost.notices).toMatchObject([
      { outcome: 'unsuccessful', reasons: [{ lineId: 'L1', rank: 3, of: 3, difference: 600, awardedKg: 0 }] },
    ]);
    for (const other of [world.buyer(), await world.verifiedSupplier(), world.operator]) {
      expect((await other.get(`/api/rfqs/${rfq.rfqId}/award`)).status).toBe(404);
    }
  });

  it('happens once', async () => {
    const rfq = await evaluatedRfq(world, [a, b], twoLines);
    expect((await rfq.award(byLine)).status).toBe(201);
    expect(refused(await rfq.award(byLine))).toEqual([409, 'MARKETPLACE_AWARD_NOT_EVALUATED']);
  });

  it('repeats its answer to a repeated key', async () => {
    const rfq = await evaluatedRfq(world, [a, b], twoLines);
    const key = { 'idempotency-key': newId() };
    const send = () => rfq.buyer.post(`/api/rfqs/${rfq.rfqId}/award`, byLine, key);
    const first = await send();
    expect(await send()).toEqual(first);
  });

  it('may be the buyer’s own choice, which says why', async () => {
    const rfq = await evaluatedRfq(world, [a, b], twoLines);
    const items = [{ responseId: rfq.responseIds[1], offerId: 'offer-L1', quantityKg: 60_000 }];
    expect((await rfq.award({ mode: 'by_share', items })).status).toBe(400);
    const { status, body } = await rfq.award({ mode: 'by_share', items, justification: 'A second source.' });
    expect(status).toBe(201);
    expect(body).toMatchObject({ amount: 630_000, items: [{ lineId: 'L1', quantityKg: 60_000 }] });
  });

  it.each<[string, { offerId?: string; responseId?: string; quantityKg: number }, string]>([
    ['an offer nobody made', { offerId: 'offer-L9', quantityKg: 1_000 }, 'MARKETPLACE_AWARD_OFFER_UNKNOWN'],
    ['a response nobody gave', { responseId: newId(), quantityKg: 1_000 }, 'MARKETPLACE_AWARD_OFFER_UNKNOWN'],
    ['more than is offered', { quantityKg: 90_001 }, 'MARKETPLACE_AWARD_QUANTITY_INVALID'],
    ['less than the least', { quantityKg: 19_999 }, 'MARKETPLACE_AWARD_QUANTITY_INVALID'],
  ])('of %s is refused and changes nothing', async (_case, item, code) => {
    const content = priced({ L1: '10000.00' }, { quantityKg: 90_000, minKg: 20_000 });
    const rfq = await evaluatedRfq(world, [a], [content]);
    const items = [{ responseId: rfq.responseIds[0], offerId: 'offer-L1', ...item }];
    expect(refused(await rfq.award({ mode: 'by_share', items, justification: 'x' }))).toEqual([422, code]);
    expect(await rfq.status()).toBe('evaluated');
    expect(refused(await rfq.buyer.get(`/api/rfqs/${rfq.rfqId}/award`))).toEqual([404, 'MARKETPLACE_AWARD_NOT_FOUND']);
  });

  it('of more than a line asks for is refused', async () => {
    const rfq = await evaluatedRfq(world, [a, b], twoLines);
    const items = rfq.responseIds.map((responseId) => ({ responseId, offerId: 'offer-L1', quantityKg: 50_001 }));
    expect(refused(await rfq.award({ mode: 'by_share', items, justification: 'x' }))).toEqual([
      422,
      'MARKETPLACE_AWARD_QUANTITY_INVALID',
    ]);
  });

  it('of an alternate happens only by choice, under what it promises', async () => {
    const withAlternate: (typeof twoLines)[number] = (terms) => {
      const content = priced({ L1: '10000.00' })(terms);
      const alternate = {
        offerId: 'alt',
        alternate: true,
        price: '1.00',
        assay: [{ analyte: 'Na', unit: 'ppm' as const, value: 400 }],
      };
      return { ...content, offers: content.offers.flatMap((offer) => [offer, { ...offer, ...alternate }]) };
    };
    const rfq = await evaluatedRfq(world, [a], [withAlternate], { terms: { standstillHours: 0 } });
    const items = [{ responseId: rfq.responseIds[0], offerId: 'alt', quantityKg: 100_000 }];
    const scenario = await rfq.buyer.post(`/api/rfqs/${rfq.rfqId}/scenarios`, { mode: 'by_share' });
    expect(refused(scenario)).toEqual([422, 'MARKETPLACE_AWARD_INFEASIBLE']);
    expect((await rfq.award({ mode: 'by_share', items, justification: 'Good enough.' })).status).toBe(201);
    await world.tick();
    const requested = (await world.emitted(events.contractRequested)).at(-1);
    expect(requested?.lines.map((line) => line.specification)).toEqual(['Na ≤ 400 ppm']);
  });
});

describe('the standstill', () => {
  it('lets the buyer take the award back, and another one be made', async () => {
    const rfq = await evaluatedRfq(world, [a, b], twoLines);
    const first = (await rfq.award(byLine)).body;
    expect(await rfq.cancel()).toMatchObject({ status: 200, body: { awardId: first.awardId, status: 'cancelled' } });
    expect(await rfq.status()).toBe('evaluated');
    expect((await a.get(`/api/rfqs/${rfq.rfqId}/award`)).body.notices[0].revokedAt).not.toBeNull();
    expect((await told(world, 'award_cancelled', b.id)).some((each) => each.data.rfqId === rfq.rfqId)).toBe(true);
    expect(refused(await rfq.cancel())).toEqual([404, 'MARKETPLACE_AWARD_NOT_FOUND']);
    expect((await rfq.award({ mode: 'whole' })).status).toBe(201);
  });

  it('is the buyer’s own, and ends at its instant', async () => {
    const rfq = await evaluatedRfq(world, [a, b], twoLines);
    const { standstillUntil } = (await rfq.award(byLine)).body;
    const cancel = `/api/rfqs/${rfq.rfqId}/award/cancel`;
    expect(refused(await world.buyer().post(cancel, { reason: 'x' }))).toEqual([404, 'MARKETPLACE_RFQ_NOT_FOUND']);
    pass(world, standstillUntil);
    expect(refused(await rfq.cancel())).toEqual([409, 'MARKETPLACE_AWARD_STANDSTILL_OVER']);
    await world.tick();
    expect(refused(await rfq.cancel())).toEqual([409, 'MARKETPLACE_AWARD_STANDSTILL_OVER']);
  });

  it('is not over before: no contract is asked for', async () => {
    const rfq = await evaluatedRfq(world, [a, b], twoLines);
    const { standstillUntil } = (await rfq.award(byLine)).body;
    pass(world, new Date(new Date(standstillUntil).getTime() - 1).toISOString());
    await world.tick();
    expect((await rfq.buyer.get(`/api/rfqs/${rfq.rfqId}/award`)).body.contracts).toEqual([]);
    world.clock.advance(1);
    await world.tick();
    expect((await rfq.buyer.get(`/api/rfqs/${rfq.rfqId}/award`)).body.contracts).toHaveLength(2);
  });
});
