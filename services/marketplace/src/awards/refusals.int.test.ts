import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contentFor, handIn, pass, publishedRfq } from '../rfqs/rfq.fixture.ts';
import { createWorld, type World } from '../world.fixture.ts';
import { evaluatedRfq, priced, refused } from './award.fixture.ts';

let world: World;
let a: Awaited<ReturnType<World['verifiedSupplier']>>;
let b: typeof a;

beforeAll(async () => {
  world = await createWorld();
  [a, b] = [await world.verifiedSupplier(), await world.verifiedSupplier()];
});
afterAll(() => world.close());

describe('what can never be awarded', () => {
  /** Tries the optimum and the buyer's own choice. */
  const tryAll = async (rfq: Awaited<ReturnType<typeof evaluatedRfq>>, responseId: string) => {
    const items = [{ responseId, offerId: 'offer-L1', quantityKg: 1_000 }];
    const own = await rfq.award({ mode: 'by_share', items, justification: 'x' });
    const best = await rfq.buyer.post(`/api/rfqs/${rfq.rfqId}/scenarios`, { mode: 'by_share' });
    expect(JSON.stringify(best.body.items ?? [])).not.toContain(responseId);
    return refused(own);
  };
  const evaluated = async (rfq: Awaited<ReturnType<typeof publishedRfq>>) => {
    pass(world, rfq.terms.deadlineAt);
    await world.tick();
    expect((await rfq.buyer.post(`/api/rfqs/${rfq.rfqId}/evaluate`)).status).toBe(200);
    const award = (body: object) => rfq.buyer.post(`/api/rfqs/${rfq.rfqId}/award`, body);
    return { ...rfq, award } as Awaited<ReturnType<typeof evaluatedRfq>>;
  };

  it('a response to earlier terms', async () => {
    const rfq = await publishedRfq(world);
    const { responseId } = await handIn(a, rfq.rfqId, contentFor(rfq.terms));
    const terms = { ...rfq.terms, notes: 'Amended.' };
    expect((await rfq.buyer.post(`/api/rfqs/${rfq.rfqId}/amend`, { terms, reason: 'Notes' })).status).toBe(200);
    expect(await tryAll(await evaluated(rfq), responseId)).toEqual([422, 'MARKETPLACE_AWARD_OFFER_REFUSED']);
  });

  it('a response acknowledged for terms that it does not fit', async () => {
    const rfq = await publishedRfq(world);
    const { responseId } = await handIn(a, rfq.rfqId, contentFor(rfq.terms));
    const terms = { ...rfq.terms, otherCosts: [{ costId: 'energy', title: 'Energy' }] };
    await rfq.buyer.post(`/api/rfqs/${rfq.rfqId}/amend`, { terms, reason: 'Life-cycle costs' });
    expect((await a.post(`/api/rfqs/${rfq.rfqId}/responses/acknowledge`, { rfqVersion: 2 })).status).toBe(200);
    expect(await tryAll(await evaluated(rfq), responseId)).toEqual([422, 'MARKETPLACE_AWARD_OFFER_REFUSED']);
  });

  it('a response that was taken back or replaced', async () => {
    const rfq = await publishedRfq(world);
    await handIn(b, rfq.rfqId, contentFor(rfq.terms));
    const { responseId: replaced } = await handIn(a, rfq.rfqId, contentFor(rfq.terms));
    const { responseId: withdrawn } = await handIn(a, rfq.rfqId, contentFor(rfq.terms));
    expect((await a.post(`/api/rfqs/${rfq.rfqId}/responses/withdraw`)).status).toBe(200);
    const ready = await evaluated(rfq);
    for (const responseId of [replaced, withdrawn]) {
      expect(await tryAll(ready, responseId)).toEqual([422, 'MARKETPLACE_AWARD_OFFER_UNKNOWN']);
    }
  });

  it('a late response, which is not even taken', async () => {
    const rfq = await publishedRfq(world);
    pass(world, rfq.terms.deadlineAt);
    const late = await a.post(`/api/rfqs/${rfq.rfqId}/responses`, { rfqVersion: 1, content: contentFor(rfq.terms) });
    expect(refused(late)).toEqual([409, 'MARKETPLACE_RESPONSE_LATE']);
  });

  it('an indicative response', async () => {
    const rfq = await evaluatedRfq(world, [a], [(terms) => contentFor(terms, { kind: 'indicative' })]);
    expect(await tryAll(rfq, rfq.responseIds[0] ?? '')).toEqual([422, 'MARKETPLACE_AWARD_OFFER_REFUSED']);
  });

  it('a response whose validity has ended meanwhile', async () => {
    const rfq = await evaluatedRfq(world, [a], [contentFor]);
    const validUntil = world.clock.now().toISOString();
    await world.admin`update response set content = content || ${world.admin.json({ validUntil })}
      where id = ${rfq.responseIds[0] ?? ''}`;
    const { body } = await rfq.buyer.get(`/api/rfqs/${rfq.rfqId}/evaluation`);
    expect(body.excluded[0].reasons.map((each: { gate: string }) => each.gate)).toContain('expired');
    expect(await tryAll(rfq, rfq.responseIds[0] ?? '')).toEqual([422, 'MARKETPLACE_AWARD_OFFER_REFUSED']);
  });

  it('an offer that breaks a limit', async () => {
    const impure = priced({ L1: '1.00' }, { assay: [{ analyte: 'Li2CO3', unit: '%', value: 99.4 }] });
    const rfq = await evaluatedRfq(world, [a], [impure]);
    expect(await tryAll(rfq, rfq.responseIds[0] ?? '')).toEqual([422, 'MARKETPLACE_AWARD_OFFER_REFUSED']);
  });
});
