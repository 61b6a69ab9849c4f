import { newId } from '@clearlot/kernel';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createWorld, type World } from '../world.fixture.ts';
import { iso } from './suppliers.fixture.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const carbonate = {
  productType: 'lithium_carbonate',
  grade: 'battery',
  title: 'Carbonate',
  originCountry: 'CL',
  minLotKg: 1000,
  capacityKgPerMonth: 50_000,
};

async function found(query: string): Promise<string[]> {
  const answer = await world.buyer().get(`/api/suppliers?${query}`);
  expect(answer.status, query).toBe(200);
  return answer.body.items.map(({ legalName }: { legalName: string }) => legalName);
}

async function review(supplierId: string, rating: number) {
  const marks = { rating, quality: 5, delivery: 4, communication: 3 };
  const now = world.clock.now();
  await world.admin`insert into review ${world.admin({
    ...{ id: newId(), order_id: newId(), supplier_id: supplierId, author_id: newId() },
    ...{ ...marks, created_at: now, updated_at: now },
  })}`;
}

it('shows verified suppliers only, by everything a buyer asks for', async () => {
  const chile = await world.verifiedSupplier({ legal_name: 'Salar One', about: 'Evaporation ponds in Atacama' });
  const australia = await world.verifiedSupplier({
    legal_name: 'Greenbushes Two',
    country: 'AU',
    regions: ['JP'],
    incoterms: ['DDP'],
    capabilities: ['spodumene flotation'],
  });
  await world.verifiedSupplier({ legal_name: 'Hidden Three', status: 'suspended' });
  await chile.post('/api/products', carbonate);
  const off = await chile.post('/api/products', { ...carbonate, grade: 'technical' });
  await chile.post(`/api/products/${off.body.productId}/unlist`);
  await australia.post('/api/suppliers/my/certificates', iso);
  await australia.post('/api/suppliers/my/certificates', { ...iso, kind: 'IRMA', expiresOn: '2026-11-23' });
  await australia.post('/api/suppliers/my/certificates', { ...iso, kind: 'REACH', expiresOn: '2026-11-24' });
  await australia.post('/api/suppliers/my/certificates', { ...iso, kind: 'ISO14001', validFrom: '2026-11-25' });
  for (const rating of [5, 4, 4]) await review(chile.supplierId, rating);

  const cases: [query: string, expected: string[]][] = [
    ['', ['Greenbushes Two', 'Salar One']],
    ['q=evaporating', ['Salar One']],
    ['q=flotation', ['Greenbushes Two']],
    ['q=hidden', []],
    ['country=AU', ['Greenbushes Two']],
    ['region=JP', ['Greenbushes Two']],
    ['incoterm=CIF', ['Salar One']],
    ['productType=lithium_carbonate', ['Salar One']],
    ['productType=lithium_carbonate&grade=technical', []],
    ['grade=battery&country=AU', []],
    ['certificate=ISO9001', ['Greenbushes Two']],
    ['certificate=IRMA', []],
    ['certificate=REACH', ['Greenbushes Two']],
    ['certificate=ISO14001', []],
    ['minRating=4.33', ['Salar One']],
    ['minRating=4.34', []],
  ];
  for (const [query, expected] of cases) expect(await found(query), query).toEqual(expected);

  const page = await world.buyer().get(`/api/suppliers/${chile.supplierId}`);
  expect(page.body).toMatchObject({
    reviews: { count: 3, rating: '4.33', quality: '5.00', delivery: '4.00', communication: '3.00' },
    products: [{ title: 'Carbonate', grade: 'battery', supplierName: 'Salar One' }],
    deliveredOrders: 0,
  });
  expect((await world.buyer().get(`/api/suppliers/${australia.supplierId}`)).body).toMatchObject({
    reviews: { count: 0, rating: null },
    certificates: [{ kind: 'ISO9001' }, { kind: 'REACH' }],
  });
});

it('goes on page by page without losing or repeating anybody', async () => {
  const names = ['Page A', 'Page B', 'Page C', 'Page D', 'Page E'];
  for (const legal_name of names) await world.verifiedSupplier({ legal_name, country: 'AR' });
  const buyer = world.buyer();
  const seen: string[] = [];
  let cursor = '';
  do {
    const { body } = await buyer.get(`/api/suppliers?country=AR&limit=2${cursor}`);
    seen.push(...body.items.map(({ legalName }: { legalName: string }) => legalName));
    cursor = body.nextCursor ? `&cursor=${body.nextCursor}` : '';
  } while (cursor);
  expect(seen).toEqual(names.toReversed());
});

it('is for people who are signed in, and refuses what it cannot read', async () => {
  const nobody = world.person('buyer', '');
  for (const url of ['/api/suppliers', `/api/suppliers/${newId()}`, '/api/products', `/api/products/${newId()}`]) {
    expect(await nobody.get(url), url).toMatchObject({ status: 401, body: { code: 'NOT_AUTHENTICATED' } });
  }
  expect(await world.buyer().get(`/api/suppliers/${newId()}`)).toMatchObject({
    status: 404,
    body: { code: 'MARKETPLACE_SUPPLIER_NOT_FOUND' },
  });
  for (const query of ['country=xx', 'minRating=6', 'minRating=4.333', 'productType=gold', 'limit=0', 'q=']) {
    expect(await world.buyer().get(`/api/suppliers?${query}`), query).toMatchObject({
      status: 400,
      body: { code: 'REQUEST_INVALID' },
    });
  }
});
