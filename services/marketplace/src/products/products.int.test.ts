import { newId } from '@clearlot/kernel';
import { events } from '@clearlot/proto/events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { profile } from '../suppliers/suppliers.fixture.ts';
import { createWorld, type World } from '../world.fixture.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const refused = (status: number, code: string) => ({ status, body: expect.objectContaining({ code }) });
const notFound = refused(404, 'MARKETPLACE_PRODUCT_NOT_FOUND');
const carbonate = {
  productType: 'lithium_carbonate',
  grade: 'battery',
  title: 'Battery carbonate 99.5',
  description: 'Micronised, low magnesium',
  assay: [
    { analyte: 'Li2CO3', unit: '%', value: 99.5 },
    { analyte: 'Na', unit: 'ppm', value: 250 },
  ],
  packaging: 'Big bags of 500 kg',
  originCountry: 'CL',
  minLotKg: 20_000,
  capacityKgPerMonth: 400_000,
  currency: 'USD',
  indicativePrice: '12500.50',
};
const suspend = (id: string, suspended: boolean) =>
  world.operator.put(`/api/admin/suppliers/${id}/suspend`, { suspended, notes: 'checked' });
const add = async (by: ReturnType<World['supplier']>, change: object = {}): Promise<string> =>
  (await by.post('/api/products', { ...carbonate, ...change })).body.productId;
const search = async (query: string): Promise<string[]> =>
  (await world.buyer().get(`/api/products?${query}`)).body.items.map((each: { productId: string }) => each.productId);

describe('a product', () => {
  it('of a verified supplier is seen by everybody as it was written', async () => {
    const supplier = await world.verifiedSupplier({ legal_name: 'Salar SpA' });
    const added = await supplier.post('/api/products', carbonate);
    expect(added.status).toBe(201);
    const { body } = await world.buyer().get(`/api/products/${added.body.productId}`);
    expect(body).toEqual(added.body);
    expect(body).toMatchObject({
      ...{ supplierId: supplier.supplierId, supplierName: 'Salar SpA', status: 'listed', visible: true, basis: 'dry' },
      assay: [
        { analyte: 'Li2CO3', unit: 'ppb', value: 995_000_000 },
        { analyte: 'Na', unit: 'ppb', value: 250_000 },
      ],
      ...{ currency: 'USD', indicativePrice: 12500.5, minLotKg: 20_000 },
    });
    expect((await world.emitted(events.productChanged)).at(-1)).toEqual({
      ...{ productId: body.productId, supplierId: supplier.supplierId, productType: 'lithium_carbonate' },
      ...{ grade: 'battery', status: 'listed' },
    });
  });

  it('of a supplier that is not verified is its own only, until it is', async () => {
    const owner = world.supplier();
    const { supplierId } = (await owner.post('/api/suppliers', profile)).body;
    const id = await add(owner, { title: 'Waiting brine' });
    expect((await owner.get('/api/products/my')).body).toMatchObject([{ productId: id, visible: false }]);
    expect(await world.buyer().get(`/api/products/${id}`)).toMatchObject(notFound);
    await owner.put('/api/suppliers/my', { ...profile, legalName: 'Renamed Halite Ltd' });
    await owner.post('/api/suppliers/my/certificates', {
      ...{ kind: 'IRMA', number: '1', issuedBy: 'IRMA', validFrom: '2026-01-01', expiresOn: '2027-01-01' },
    });
    await owner.post('/api/suppliers/my/submit');
    expect(await search('q=halite')).toEqual([]);
    await world.operator.put(`/api/admin/suppliers/${supplierId}/verify`, { verified: true });
    expect(await search('q=halite')).toEqual([id]);
    await suspend(supplierId, true);
    expect(await search('q=halite')).toEqual([]);
    expect(await world.buyer().get(`/api/products/${id}`)).toMatchObject(notFound);
    await suspend(supplierId, false);
    expect(await search('q=halite')).toEqual([id]);
  });

  it('is taken off and listed again, each once', async () => {
    const supplier = await world.verifiedSupplier();
    const id = await add(supplier);
    const wrongStatus = refused(409, 'MARKETPLACE_PRODUCT_WRONG_STATUS');
    const move = (name: string) => supplier.post(`/api/products/${id}/${name}`);
    expect(await move('list')).toMatchObject(wrongStatus);
    expect(await move('unlist')).toMatchObject({ status: 200, body: { status: 'unlisted', visible: false } });
    expect(await move('unlist')).toMatchObject(wrongStatus);
    expect(await world.buyer().get(`/api/products/${id}`)).toMatchObject(notFound);
    expect(await search(`supplierId=${supplier.supplierId}`)).toEqual([]);
    expect(await move('list')).toMatchObject({ status: 200, body: { status: 'listed', visible: true } });
    expect(await search(`supplierId=${supplier.supplierId}`)).toEqual([id]);
  });

  it('is changed as a whole, and found by what it says now', async () => {
    const supplier = await world.verifiedSupplier();
    const id = await add(supplier, { title: 'Petalite sample' });
    const { currency: _currency, indicativePrice: _price, ...free } = carbonate;
    const changed = await supplier.put(`/api/products/${id}`, { ...free, title: 'Amblygonite sample', assay: [] });
    expect(changed).toMatchObject({ status: 200, body: { currency: null, indicativePrice: null, assay: [] } });
    expect(await search('q=petalite')).toEqual([]);
    expect(await search('q=amblygonite')).toEqual([id]);
  });

  it('of somebody else reads as not found, and stays as it was', async () => {
    const supplier = await world.verifiedSupplier();
    const other = await world.verifiedSupplier();
    const id = await add(supplier);
    expect(await other.put(`/api/products/${id}`, carbonate)).toMatchObject(notFound);
    expect(await other.post(`/api/products/${id}/unlist`)).toMatchObject(notFound);
    expect(await other.post(`/api/products/${newId()}/list`)).toMatchObject(notFound);
    expect((await world.buyer().get(`/api/products/${id}`)).body).toMatchObject({ status: 'listed' });
  });

  it('needs a supplier, the role of one, and fields that can be read', async () => {
    expect(await world.supplier().post('/api/products', carbonate)).toMatchObject(
      refused(409, 'MARKETPLACE_PRODUCT_NO_SUPPLIER'),
    );
    expect(await world.buyer().post('/api/products', carbonate)).toMatchObject(refused(403, 'NOT_ALLOWED'));
    expect(await world.buyer().get('/api/products/my')).toMatchObject(refused(403, 'NOT_ALLOWED'));
    const supplier = await world.verifiedSupplier();
    const wrong: [change: object, code: string][] = [
      [{ minLotKg: 0 }, 'REQUEST_INVALID'],
      [{ capacityKgPerMonth: 0.5 }, 'REQUEST_INVALID'],
      [{ productType: 'gold' }, 'REQUEST_INVALID'],
      [{ currency: undefined }, 'REQUEST_INVALID'],
      [{ indicativePrice: undefined }, 'REQUEST_INVALID'],
      [{ assay: [{ analyte: 'Na', unit: '%', value: 101 }] }, 'REQUEST_INVALID'],
      [{ assay: [carbonate.assay[0], carbonate.assay[0]] }, 'REQUEST_INVALID'],
      [{ indicativePrice: '1.001' }, 'MONEY_TOO_PRECISE'],
      [{ indicativePrice: 0 }, 'MONEY_INVALID'],
      [{ currency: 'XXX' }, 'CURRENCY_UNKNOWN'],
    ];
    for (const [change, code] of wrong) {
      const answer = await supplier.post('/api/products', { ...carbonate, ...change });
      expect(answer, JSON.stringify(change)).toMatchObject(refused(400, code));
    }
    expect((await supplier.get('/api/products/my')).body).toEqual([]);
  });

  it('added while its supplier is being suspended never stays visible', async () => {
    for (let round = 0; round < 10; round++) {
      const supplier = await world.verifiedSupplier();
      await Promise.all([add(supplier), suspend(supplier.supplierId, true), add(supplier)]);
      const visible = await world.admin`select 1 from product where supplier_id = ${supplier.supplierId} and visible`;
      expect(visible).toHaveLength(0);
    }
  });
});

describe('a search', () => {
  it('finds by words and by everything else a buyer asks for, together', async () => {
    const near = await world.verifiedSupplier({ legal_name: 'Quixote Minerals', regions: ['FI'] });
    const far = await world.verifiedSupplier({ legal_name: 'Rocinante Minerals', regions: ['SE'] });
    await far.post('/api/suppliers/my/certificates', {
      ...{ kind: 'IATF16949', number: '1', issuedBy: 'TÜV', validFrom: '2026-01-01', expiresOn: '2026-12-01' },
    });
    const a = await add(near, { title: 'Alpha', originCountry: 'FI', minLotKg: 10 });
    const b = await add(near, { title: 'Beta', grade: 'pharmaceutical', originCountry: 'FI', packaging: 'Fluxdrums' });
    const c = await add(far, {
      title: 'Gamma',
      originCountry: 'SE',
      productType: 'lithium_metal',
      description: 'Ingots',
    });
    const cases: [query: string, expected: string[]][] = [
      ['q=minerals', [c, b, a]],
      ['q=quixote', [b, a]],
      ['q=fluxdrum', [b]],
      ['q=ingots%20metal', [c]],
      ['q=ingots%20quixote', []],
      ['q=minerals%20-quixote', [c]],
      ['q=minerals&grade=pharmaceutical', [b]],
      ['q=minerals&productType=lithium_metal', [c]],
      ['q=minerals&originCountry=FI', [b, a]],
      ['q=minerals&originCountry=FI&productType=lithium_metal', []],
      ['region=FI', [b, a]],
      ['region=FI&quantityKg=19999', [a]],
      ['quantityKg=10', [a]],
      ['quantityKg=9', []],
      ['certificate=IATF16949', [c]],
      ['certificate=IATF16949&region=FI', []],
      [`supplierId=${far.supplierId}`, [c]],
      [`supplierId=${far.supplierId}&region=FI`, []],
      [`supplierId=${far.supplierId}&region=SE&q=gamma`, [c]],
      ['q=the', []],
    ];
    for (const [query, expected] of cases) expect(await search(query), query).toEqual(expected);
    world.clock.advance(8 * 86_400_000);
    expect(await search('certificate=IATF16949')).toEqual([]);
  });

  it('goes on page by page without losing or repeating a product, while others are added', async () => {
    const supplier = await world.verifiedSupplier({ legal_name: 'Dulcinea Ltd' });
    const ids: string[] = [];
    for (let n = 0; n < 7; n++) ids.push(await add(supplier));
    const seen: string[] = [];
    let cursor = '';
    do {
      const { body } = await world.buyer().get(`/api/products?q=dulcinea&limit=3${cursor}`);
      seen.push(...body.items.map((each: { productId: string }) => each.productId));
      await add(supplier);
      cursor = body.nextCursor ? `&cursor=${body.nextCursor}` : '';
    } while (cursor);
    expect(seen).toEqual(ids.toReversed());
  });

  it('finds behind the newest few thousand, dense or sparse', async () => {
    const supplier = await world.verifiedSupplier({ legal_name: 'Sancho Ltd' });
    const sparse = await add(supplier, { title: 'Windmill' });
    await world.admin`
      insert into product (id, supplier_id, owner_id, product_type, grade, title, origin_country, min_lot_kg,
        capacity_kg_per_month, status, created_at, updated_at)
      select ('ffffffff-ffff-7fff-8fff-' || lpad(to_hex(n), 12, '0'))::uuid, ${supplier.supplierId}, ${supplier.id},
        'lithium_brine', 'industrial', 'Barataria ' || n, 'ES', 1, 1, 'listed', now(), now()
      from generate_series(1, 3500) as n`;
    expect(await search('q=windmill')).toEqual([sparse]);
    const buyer = world.buyer();
    let count = 0;
    let cursor = '';
    do {
      const { body } = await buyer.get(`/api/products?q=barataria&limit=200${cursor}`);
      count += body.items.length;
      cursor = body.nextCursor ? `&cursor=${body.nextCursor}` : '';
    } while (cursor);
    expect(count).toBe(3500);
  });

  it('gives its function no way to see more than everybody may see', async () => {
    const hidden = await world.verifiedSupplier({ legal_name: 'Clavileno Ltd', status: 'suspended' });
    await add(hidden);
    const found = await world
      .buyer()
      .ctx.read(({ sql }) => sql`select search_products('clavileno', '{}', null, null, null, 10)`);
    expect(found).toHaveLength(0);
    for (const query of ['quantityKg=0', 'region=x', 'limit=201', 'q=', 'supplierId=1']) {
      expect(await world.buyer().get(`/api/products?${query}`), query).toMatchObject(refused(400, 'REQUEST_INVALID'));
    }
  });
});
