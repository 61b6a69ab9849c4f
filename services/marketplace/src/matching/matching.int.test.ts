import { newId } from '@clearlot/kernel';
import { events } from '@clearlot/proto/events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hearStatus, publishedRfq, told } from '../rfqs/rfq.fixture.ts';
import { createWorld, type World } from '../world.fixture.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

async function sellerOf(
  productType: string,
  overrides: Record<string, unknown> = {},
  supplier: Record<string, unknown> = {},
) {
  const seller = await world.verifiedSupplier(supplier);
  const now = world.clock.now();
  await world.admin`insert into product ${world.admin({
    ...{
      id: newId(),
      supplier_id: seller.supplierId,
      owner_id: seller.id,
      product_type: productType,
      grade: 'battery',
    },
    ...{ title: 'Product', origin_country: 'CL', min_lot_kg: 1_000, capacity_kg_per_month: 500_000, status: 'listed' },
    ...{ created_at: now, updated_at: now, ...overrides },
  })}`;
  return seller;
}

describe('a published RFQ', () => {
  it('is matched with the verified suppliers that list what it asks for, who are told once', async () => {
    const good = await sellerOf('lithium_carbonate');
    const lesser = await sellerOf('lithium_carbonate', { capacity_kg_per_month: 1 }, { regions: [] });
    await sellerOf('lithium_metal');
    await sellerOf('lithium_carbonate', { status: 'unlisted' });
    await sellerOf('lithium_carbonate', { grade: 'technical' });
    await sellerOf('lithium_carbonate', {}, { status: 'suspended' });
    const { buyer, rfqId } = await publishedRfq(world, { terms: { requiredCertificates: ['ISO9001'] } });
    expect(await hearStatus(world, rfqId)).toBe('handled');
    await hearStatus(world, rfqId);
    const matches = (await buyer.get(`/api/rfqs/${rfqId}/matches`)).body;
    expect(matches.map((each: { supplierId: string }) => each.supplierId)).toEqual([
      good.supplierId,
      lesser.supplierId,
    ]);
    expect(matches[0].legalName).toMatch(/^Supplier /);
    for (const { score, terms } of matches) {
      expect(terms.reduce((sum: number, each: { score: number }) => sum + each.score, 0)).toBe(score);
    }
    expect((await good.get(`/api/rfqs/${rfqId}/matches`)).body).toEqual([matches[0]]);
    expect((await (await world.verifiedSupplier()).get(`/api/rfqs/${rfqId}/matches`)).body).toEqual([]);
    expect((await world.buyer().get(`/api/rfqs/${rfqId}/matches`)).body).toEqual([]);
    const people = (await told(world, 'rfq_matched', rfqId)).map((each) => each.userId);
    expect([...new Set(people)].sort()).toEqual([good.id, lesser.id].sort());
    expect((await buyer.get(`/api/rfqs/${rfqId}`)).body.buyers).toMatchObject({ matched: 2, responses: null });
  });

  it('by invitation is told to all who are invited and to nobody else', async () => {
    const seller = await sellerOf('lithium_carbonate');
    await sellerOf('lithium_carbonate');
    const stranger = await world.verifiedSupplier();
    const { buyer, rfqId } = await publishedRfq(world, { invited: [seller, stranger] });
    await hearStatus(world, rfqId);
    const people = (await told(world, 'rfq_invited', rfqId)).map((each) => each.userId);
    expect(people.sort()).toEqual([seller.id, stranger.id].sort());
    expect(await told(world, 'rfq_matched', rfqId)).toEqual([]);
    const matches = (await buyer.get(`/api/rfqs/${rfqId}/matches`)).body;
    expect(matches.map((each: { supplierId: string }) => each.supplierId)).toEqual([seller.supplierId]);
  });

  it('that was cancelled meanwhile is matched with nobody', async () => {
    const { buyer, rfqId } = await publishedRfq(world);
    await buyer.post(`/api/rfqs/${rfqId}/cancel`, { reason: 'Changed my mind' });
    await world.receive(events.rfqStatusChanged, rfqId, { rfqId, buyerId: buyer.id, status: 'published', version: 1 });
    expect((await buyer.get(`/api/rfqs/${rfqId}/matches`)).body).toEqual([]);
  });
});
