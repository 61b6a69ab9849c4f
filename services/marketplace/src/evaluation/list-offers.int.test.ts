import { newId } from '@clearlot/kernel';
import type { ListOffersResponse } from '@clearlot/proto/marketplace/v1/marketplace';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { marketplaceRpcs } from '../grpc.ts';
import { contentFor, handIn, openedRfq, pass, publishedRfq } from '../rfqs/rfq.fixture.ts';
import { createWorld, type World } from '../world.fixture.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

/** Asks as market-data does, for a person. */
const listOffers = async (rfqId: string, userId: string) =>
  (await marketplaceRpcs.rpcs.listOffers?.action(world.as({ kind: 'service', id: 'market-data', roles: [] }), {
    ...{ rfqId, userId },
  })) as ListOffersResponse;
const suppliersIn = ({ responses }: ListOffersResponse) => responses.map(({ supplierId }) => supplierId);
const missing = { code: 'MARKETPLACE_RFQ_NOT_FOUND' };

it('the rpc is for market-data only', () => {
  expect(marketplaceRpcs.rpcs.listOffers?.access).toEqual({ services: ['market-data'] });
});

describe('opened offers', () => {
  it('are seen by their buyer, all of them', async () => {
    const suppliers = [await world.verifiedSupplier(), await world.verifiedSupplier()];
    const { buyer, rfqId, terms } = await openedRfq(world, suppliers, [], {
      terms: { otherCosts: [{ costId: 'storage', title: 'Storage' }] },
    });
    const seen = await listOffers(rfqId, buyer.id);
    expect(suppliersIn(seen)).toEqual(suppliers.map(({ supplierId }) => supplierId));
    expect(seen).toMatchObject({
      ...{ rfqId, title: 'Carbonate and hydroxide for 2027', currency: 'USD' },
      ...{ incoterm: 'CIF', place: 'Antwerp', destinationCountry: 'DE' },
      lines: [
        { lineId: 'L1', productType: 'lithium_carbonate', grade: 'battery', basis: 'dry', quantityKg: 100_000n },
        { lineId: 'L2', productType: 'lithium_hydroxide_monohydrate', quantityKg: 40_000n },
      ],
    });
    expect(seen.responses[0]).toEqual({
      ...{ responseId: expect.any(String), supplierId: suppliers[0]?.supplierId, kind: 'firm', current: true },
      supplierName: `Supplier ${suppliers[0]?.supplierId.slice(-6)} Ltd`,
      ...{ submittedAt: expect.any(Date), validUntil: new Date(terms.decideBy) },
      fees: [{ costId: 'storage', title: 'Storage', minorPerTonne: 1_000n }],
      offers: [
        {
          ...{ offerId: 'offer-L1', lineId: 'L1', alternate: false, quantityKg: 100_000n, minKg: 1n },
          ...{ priceMinorPerTonne: 1_200_000n, incoterm: 'CIF', originCountry: 'CL', moisturePpb: 0n },
        },
        expect.objectContaining({ offerId: 'offer-L2', lineId: 'L2', quantityKg: 40_000n }),
      ],
    });
  });

  it('are seen by a supplier as far as they are its own, as on its own page', async () => {
    const [own, other] = [await world.verifiedSupplier(), await world.verifiedSupplier()];
    const { rfqId } = await openedRfq(world, [own, other]);
    for (const supplier of [own, other]) {
      const seen = await listOffers(rfqId, supplier.id);
      expect(suppliersIn(seen)).toEqual([supplier.supplierId]);
      const [mine] = (await supplier.get(`/api/rfqs/${rfqId}/responses/my`)).body;
      expect(seen.responses[0]?.responseId).toBe(mine.responseId);
    }
  });

  it('are seen by nobody else, who is answered as if there were no such RFQ', async () => {
    const { rfqId } = await openedRfq(world, [await world.verifiedSupplier()]);
    const others = [await world.verifiedSupplier(), world.supplier(), world.buyer(), world.operator];
    for (const { id } of others) await expect(listOffers(rfqId, id)).rejects.toMatchObject(missing);
    await expect(listOffers(newId(), world.buyer().id)).rejects.toMatchObject(missing);
  });

  it('of an RFQ by invitation are not even said to be sealed to who was not invited', async () => {
    const invited = await world.verifiedSupplier();
    const { buyer, rfqId } = await publishedRfq(world, { invited: [invited] });
    await expect(listOffers(rfqId, world.supplier().id)).rejects.toMatchObject(missing);
    await expect(listOffers(rfqId, buyer.id)).rejects.toMatchObject({ code: 'MARKETPLACE_RESPONSES_SEALED' });
  });
});

describe('before the opening', () => {
  it('nobody sees an offer, its own supplier neither, and then both sides do', async () => {
    const supplier = await world.verifiedSupplier();
    const { buyer, rfqId, terms } = await publishedRfq(world);
    await handIn(supplier, rfqId, contentFor(terms));
    const sealed = { code: 'MARKETPLACE_RESPONSES_SEALED' };
    for (const { id } of [buyer, supplier]) await expect(listOffers(rfqId, id)).rejects.toMatchObject(sealed);
    // The deadline alone opens nothing: the seals do.
    pass(world, terms.deadlineAt);
    for (const { id } of [buyer, supplier]) await expect(listOffers(rfqId, id)).rejects.toMatchObject(sealed);
    await world.tick();
    for (const { id } of [buyer, supplier]) {
      expect(suppliersIn(await listOffers(rfqId, id))).toEqual([supplier.supplierId]);
    }
  });

  it('a response that was withdrawn or replaced is never an offer', async () => {
    const [gone, again] = [await world.verifiedSupplier(), await world.verifiedSupplier()];
    const { buyer, rfqId, terms } = await publishedRfq(world);
    await handIn(gone, rfqId, contentFor(terms));
    await gone.post(`/api/rfqs/${rfqId}/responses/withdraw`);
    await handIn(again, rfqId, contentFor(terms));
    const { responseId } = await handIn(again, rfqId, contentFor(terms));
    pass(world, terms.deadlineAt);
    await world.tick();
    expect((await listOffers(rfqId, buyer.id)).responses.map((each) => each.responseId)).toEqual([responseId]);
    expect((await listOffers(rfqId, again.id)).responses.map((each) => each.responseId)).toEqual([responseId]);
    await expect(listOffers(rfqId, gone.id)).rejects.toMatchObject(missing);
  });
});

it.each(['', 'x', '019AB3A0-0000-7000-8000-000000000001'])('ids are UUIDs in lower case, not "%s"', async (id) => {
  await expect(listOffers(id, newId())).rejects.toMatchObject({ code: 'REQUEST_INVALID' });
  await expect(listOffers(newId(), id)).rejects.toMatchObject({ code: 'REQUEST_INVALID' });
});
