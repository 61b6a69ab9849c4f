import { newId } from '@clearlot/kernel';
import { events } from '@clearlot/proto/events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hourMs } from '../rfqs/rfq.fixture.ts';
import { createWorld, type World } from '../world.fixture.ts';
import { byLine, evaluatedRfq, issue, priced, sign, signBoth, told, twoLines } from './award.fixture.ts';

let world: World;
let a: Awaited<ReturnType<World['verifiedSupplier']>>;
let b: typeof a;

beforeAll(async () => {
  world = await createWorld();
  [a, b] = [await world.verifiedSupplier(), await world.verifiedSupplier()];
});
afterAll(() => world.close());

/** Awarded to a and b, the standstill over, with the contracts as the buyer sees them (a's first). */
async function contracting(contents = twoLines) {
  const rfq = await evaluatedRfq(world, [a, b], contents, { terms: { standstillHours: 0 } });
  const { awardId } = (await rfq.award(byLine)).body;
  await world.tick();
  const show = async () => (await rfq.buyer.get(`/api/rfqs/${rfq.rfqId}/award`)).body;
  const { contracts } = await show();
  const of = (supplier: typeof a) =>
    contracts.find((each: { supplierId: string }) => each.supplierId === supplier.supplierId)?.contractId as string;
  return { ...rfq, awardId, show, contractIds: contracts.map((each: { contractId: string }) => each.contractId), of };
}

describe('contracts', () => {
  it('are asked of documents, one for each supplier, once', async () => {
    const rfq = await contracting();
    await world.tick();
    const requested = (await world.emitted(events.contractRequested)).filter((each) =>
      rfq.contractIds.includes(each.contractId),
    );
    expect(requested).toHaveLength(2);
    expect(requested.find((each) => each.contractId === rfq.of(a))).toMatchObject({
      ...{ buyerId: rfq.buyer.id, sellerId: a.id, currency: 'USD', amountMinor: 100_000_000n, incoterm: 'CIF' },
      ...{ place: 'Antwerp', inspectionDays: 14, quantityTolerancePpm: 0 },
      supplierName: expect.stringMatching(/^Supplier /),
      lines: [{ lineId: 'L1', specification: 'Li2CO3 ≥ 99.5 %; Na ≤ 250 ppm', quantityKg: 100_000n, basis: 'dry' }],
    });
  });

  it('become orders when both sides have signed; with the last one the RFQ is contracted', async () => {
    const rfq = await contracting();
    const documentId = await issue(world, rfq.of(a));
    await sign(world, rfq.of(a), 'seller');
    expect((await a.get(`/api/rfqs/${rfq.rfqId}/award`)).body.contracts).toMatchObject([
      { status: 'issued', documentId, sellerSignedAt: expect.any(String), buyerSignedAt: null },
    ]);
    await sign(world, rfq.of(a), 'buyer', true);
    expect(await rfq.status()).toBe('awarded');
    await signBoth(world, rfq.of(b));
    expect(await rfq.status()).toBe('contracted');
    expect((await rfq.show()).award).toMatchObject({ status: 'contracted' });
    const orders = await world.admin<{ source_id: string; amount_minor: bigint }[]>`
      select source_id, amount_minor from purchase_order where rfq_id = ${rfq.rfqId}`;
    expect(new Map(orders.map((each) => [each.source_id, each.amount_minor]))).toEqual(
      new Map([
        [rfq.of(a), 100_000_000n],
        [rfq.of(b), 36_000_000n],
      ]),
    );
  });

  it('with one Incoterm each', async () => {
    const fobThenCif: (typeof twoLines)[number] = (terms) => {
      const content = priced({ L1: '1.00', L2: '1.00' })(terms);
      return {
        ...content,
        offers: content.offers.map((offer, at) => (at === 0 ? { ...offer, incoterm: 'FOB' as const } : offer)),
      };
    };
    const rfq = await contracting([fobThenCif, twoLines[1] as (typeof twoLines)[number]]);
    const { contracts } = await rfq.show();
    expect(contracts.map((each: { incoterm: string }) => each.incoterm).sort()).toEqual(['CIF', 'FOB']);
    expect(new Set(contracts.map((each: { supplierId: string }) => each.supplierId)).size).toBe(1);
  });

  it('of the deals service are none of ours', async () => {
    expect(await sign(world, newId(), 'buyer', true)).toBe('handled');
    await issue(world, newId());
  });

  it('not signed in time are given up, and the award goes back to its buyer when none is left', async () => {
    const rfq = await contracting();
    await issue(world, rfq.of(a));
    await sign(world, rfq.of(a), 'seller');
    world.clock.advance(14 * 24 * hourMs + 1);
    await world.tick();
    await world.tick();
    const cancelled = (await world.emitted(events.contractCancelled)).filter((each) =>
      rfq.contractIds.includes(each.contractId),
    );
    expect(cancelled).toHaveLength(2);
    for (const person of [rfq.buyer, a]) {
      expect(
        (await told(world, 'contract_cancelled', person.id)).some((each) => each.data.contractId === rfq.of(a)),
      ).toBe(true);
    }
    expect((await rfq.show()).award).toMatchObject({ status: 'cancelled' });
    expect(['evaluated', 'expired']).toContain(await rfq.status());
    await sign(world, rfq.of(a), 'buyer', true);
    expect((await world.admin`select 1 from purchase_order where rfq_id = ${rfq.rfqId}`).length).toBe(0);
  });

  it('not signed in time leave those that are: the RFQ is contracted with them', async () => {
    const rfq = await contracting();
    await signBoth(world, rfq.of(b));
    world.clock.advance(14 * 24 * hourMs + 1);
    await world.tick();
    expect(await rfq.status()).toBe('contracted');
    const { contracts } = await rfq.show();
    expect(contracts.map((each: { status: string }) => each.status).sort()).toEqual(['cancelled', 'signed']);
  });
});
