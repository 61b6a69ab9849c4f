import { newId } from '@clearlot/kernel';
import { events } from '@clearlot/proto/events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorld, type World } from '../world.fixture.ts';
import { iso, orderOf, profile, submittedSupplier, told, upload } from './suppliers.fixture.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const refused = (status: number, code: string) => ({ status, body: expect.objectContaining({ code }) });
const ok = (body: unknown) => ({ status: 200, body: expect.objectContaining(body as object) });
const notFound = refused(404, 'MARKETPLACE_SUPPLIER_NOT_FOUND');
const verify = (id: string, body: object = { verified: true }) =>
  world.operator.put(`/api/admin/suppliers/${id}/verify`, body);
const suspend = (id: string, suspended: boolean) =>
  world.operator.put(`/api/admin/suppliers/${id}/suspend`, { suspended, notes: 'checked' });
const statusOf = async (supplierId: string) =>
  (await world.admin<{ status: string }[]>`select status from supplier where id = ${supplierId}`)[0]?.status;

describe('an application', () => {
  it('begins as a draft, once for each person, and is its own only', async () => {
    const owner = world.supplier();
    const first = await owner.post('/api/suppliers', profile);
    expect(first).toMatchObject({ status: 201, body: { status: 'draft' } });
    expect(await owner.post('/api/suppliers', profile)).toMatchObject(refused(409, 'MARKETPLACE_SUPPLIER_EXISTS'));
    const id = first.body.supplierId;
    expect(await owner.get('/api/suppliers/my')).toMatchObject(
      ok({
        supplierId: id,
        status: 'draft',
        regions: ['US', 'DE'],
        incoterms: ['FOB', 'CIF'],
        website: profile.website,
      }),
    );
    expect(await world.buyer().get(`/api/suppliers/${id}`)).toMatchObject(notFound);
    expect(await world.supplier().get(`/api/suppliers/${id}`)).toMatchObject(notFound);
    expect((await owner.get(`/api/suppliers/${id}`)).status).toBe(200);
    expect((await world.emitted(events.supplierStatusChanged)).at(-1)).toEqual({
      supplierId: id,
      ownerId: owner.id,
      status: 'draft',
    });
  });

  it('twenty times at once begins once', async () => {
    const owner = world.supplier();
    const answers = await Promise.all(Array.from({ length: 20 }, () => owner.post('/api/suppliers', profile)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(19);
  });

  it('repeated with its key answers the same and begins nothing', async () => {
    const owner = world.supplier();
    const key = { 'idempotency-key': newId() };
    const first = await owner.post('/api/suppliers', profile, key);
    expect(await owner.post('/api/suppliers', profile, key)).toEqual(first);
  });

  it('is for suppliers: others are refused, and so are shapes that are none', async () => {
    expect(await world.buyer().post('/api/suppliers', profile)).toMatchObject(refused(403, 'NOT_ALLOWED'));
    for (const wrong of [
      { country: 'Chile' },
      { legalName: ' ' },
      { incoterms: ['FOO'] },
      { website: 'javascript:x' },
    ]) {
      const answer = await world.supplier().post('/api/suppliers', { ...profile, ...wrong });
      expect(answer, JSON.stringify(wrong)).toMatchObject(refused(400, 'REQUEST_INVALID'));
    }
  });

  it('of somebody who has none reads as not found, everywhere', async () => {
    const nobody = world.supplier();
    expect(await nobody.get('/api/suppliers/my')).toMatchObject(notFound);
    expect(await nobody.put('/api/suppliers/my', profile)).toMatchObject(notFound);
    expect(await nobody.post('/api/suppliers/my/certificates', iso)).toMatchObject(notFound);
    expect(await nobody.post('/api/suppliers/my/submit')).toMatchObject(notFound);
    expect(await upload(nobody, '/api/suppliers/my/documents?kind=registration', 'pdf')).toMatchObject(notFound);
  });

  it('is handed in only when complete, and says what is missing and what is next', async () => {
    const owner = world.supplier();
    await owner.post('/api/suppliers', { legalName: 'Bare Ltd', country: 'AU' });
    expect((await owner.get('/api/suppliers/my')).body.onboarding).toMatchObject({
      completePercent: 16,
      nextStep: 'regions',
    });
    const incomplete = await owner.post('/api/suppliers/my/submit');
    expect(incomplete).toMatchObject(refused(409, 'MARKETPLACE_SUPPLIER_INCOMPLETE'));
    for (const each of ['regions', 'incoterms', 'evidence']) expect(incomplete.body.detail).toContain(each);
    await owner.put('/api/suppliers/my', { ...profile, legalName: 'Bare Ltd' });
    const file = await upload(owner, '/api/suppliers/my/documents?kind=registration', 'a pdf');
    expect(file).toMatchObject({ status: 201, body: { kind: 'registration', fileName: 'proof.pdf', sizeBytes: 5 } });
    expect(await owner.post('/api/suppliers/my/submit')).toMatchObject(ok({ status: 'submitted' }));
    const mine = (await owner.get('/api/suppliers/my')).body;
    expect(mine.documents).toEqual([expect.objectContaining({ documentId: file.body.documentId })]);
    expect(mine.onboarding).toMatchObject({ completePercent: 83, nextStep: 'verified' });
    expect(mine.submittedAt).toBe(world.clock.now().toISOString());
    expect(await owner.post('/api/suppliers/my/submit')).toMatchObject(
      refused(409, 'MARKETPLACE_SUPPLIER_WRONG_STATUS'),
    );
    expect(await told(world)).toContainEqual({
      userId: owner.id,
      template: 'supplier_submitted',
      data: { supplierName: 'Bare Ltd' },
    });
  });

  it('keeps its name and country once handed in, the rest stays free', async () => {
    const owner = await submittedSupplier(world);
    const fixed = refused(409, 'MARKETPLACE_SUPPLIER_IDENTITY_FIXED');
    expect(await owner.put('/api/suppliers/my', { ...profile, legalName: 'Other' })).toMatchObject(fixed);
    expect(await owner.put('/api/suppliers/my', { ...profile, country: 'AR' })).toMatchObject(fixed);
    expect((await owner.put('/api/suppliers/my', { ...profile, about: 'New' })).status).toBe(200);
    expect((await owner.get('/api/suppliers/my')).body).toMatchObject({ legalName: profile.legalName, about: 'New' });
  });
});

describe('a certificate', () => {
  it('is added once, with a document of its supplier only', async () => {
    const owner = world.supplier();
    await owner.post('/api/suppliers', profile);
    const other = world.supplier();
    await other.post('/api/suppliers', profile);
    const { documentId } = (await upload(owner, '/api/suppliers/my/documents?kind=certificate', 'iso')).body;
    const add = (by: typeof owner, change: object) => by.post('/api/suppliers/my/certificates', { ...iso, ...change });
    expect(await add(other, { documentId })).toMatchObject(refused(404, 'MARKETPLACE_SUPPLIER_DOCUMENT_NOT_FOUND'));
    expect(await add(owner, { documentId })).toMatchObject({ status: 201, body: { kind: 'ISO9001', number: 'Q-1' } });
    expect(await add(owner, {})).toMatchObject(refused(409, 'MARKETPLACE_SUPPLIER_CERTIFICATE_EXISTS'));
    expect((await add(owner, { number: 'Q-2' })).status).toBe(201);
    expect(await add(owner, { expiresOn: iso.validFrom })).toMatchObject(refused(400, 'REQUEST_INVALID'));
    expect((await owner.get('/api/suppliers/my')).body.certificates).toMatchObject([
      { documentId },
      { documentId: null },
    ]);
  });
});

describe('an operator', () => {
  it('sees applications with what was handed in, by status and page by page', async () => {
    const ids = [await submittedSupplier(world), await submittedSupplier(world)].map(({ supplierId }) => supplierId);
    const first = (await world.operator.get('/api/admin/suppliers?status=submitted&limit=1')).body;
    expect(first.items).toMatchObject([{ supplierId: ids[1], certificates: [{ kind: 'ISO9001' }], documents: [] }]);
    const next = await world.operator.get(`/api/admin/suppliers?status=submitted&limit=1&cursor=${first.nextCursor}`);
    expect(next.body.items).toMatchObject([{ supplierId: ids[0] }]);
    expect(await world.supplier().get('/api/admin/suppliers')).toMatchObject(refused(403, 'NOT_ALLOWED'));
    expect(await world.operator.get('/api/admin/suppliers?cursor=x')).toMatchObject(refused(400, 'CURSOR_INVALID'));
  });

  it('verifies what was handed in: then everybody finds it, and its owner is told', async () => {
    const { id, supplierId } = await submittedSupplier(world);
    expect(await verify(supplierId, { verified: true, notes: 'Registry checked' })).toMatchObject(
      ok({ status: 'verified' }),
    );
    const seen = await world.buyer().get(`/api/suppliers/${supplierId}`);
    expect(seen).toMatchObject(
      ok({ status: 'verified', certificates: [expect.objectContaining({ kind: 'ISO9001' })], products: [] }),
    );
    expect(seen.body).not.toHaveProperty('notes');
    expect((await told(world)).filter(({ userId }) => userId === id)).toMatchObject([
      { template: 'supplier_submitted' },
      { template: 'supplier_verified', data: { notes: 'Registry checked' } },
    ]);
    expect(
      (await world.emitted(events.supplierStatusChanged)).filter((each) => each.supplierId === supplierId),
    ).toEqual(['draft', 'submitted', 'verified'].map((status) => ({ supplierId, ownerId: id, status })));
    expect(await verify(supplierId)).toMatchObject(refused(409, 'MARKETPLACE_SUPPLIER_WRONG_STATUS'));
    expect(await verify(supplierId, { verified: false })).toMatchObject(
      refused(409, 'MARKETPLACE_SUPPLIER_WRONG_STATUS'),
    );
  });

  it('decides once, also when it is asked ten times at once', async () => {
    const { supplierId } = await submittedSupplier(world);
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, n) => verify(supplierId, { verified: n % 2 === 0 })),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(9);
  });

  it('turns down what does not convince; corrected, it is handed in again', async () => {
    const owner = await submittedSupplier(world);
    expect(await verify(owner.supplierId, { verified: false, notes: 'Name?' })).toMatchObject(
      ok({ status: 'rejected' }),
    );
    expect((await owner.get('/api/suppliers/my')).body).toMatchObject({ notes: 'Name?', status: 'rejected' });
    expect((await owner.put('/api/suppliers/my', { ...profile, legalName: 'Right Name' })).status).toBe(200);
    expect(await owner.post('/api/suppliers/my/submit')).toMatchObject(ok({ status: 'submitted' }));
    expect((await told(world)).filter(({ userId }) => userId === owner.id).map(({ template }) => template)).toEqual([
      'supplier_submitted',
      'supplier_rejected',
      'supplier_submitted',
    ]);
  });

  it('suspends a verified supplier with all it shows, and lets it back', async () => {
    const owner = await submittedSupplier(world);
    const wrongStatus = refused(409, 'MARKETPLACE_SUPPLIER_WRONG_STATUS');
    expect(await suspend(owner.supplierId, true)).toMatchObject(wrongStatus);
    expect(await suspend(owner.supplierId, false)).toMatchObject(wrongStatus);
    await verify(owner.supplierId);
    expect(await suspend(owner.supplierId, true)).toMatchObject(ok({ status: 'suspended' }));
    const buyer = world.buyer();
    expect(await buyer.get(`/api/suppliers/${owner.supplierId}`)).toMatchObject(notFound);
    const certificates = () =>
      buyer.ctx.read(({ sql }) => sql`select 1 from supplier_certificate where supplier_id = ${owner.supplierId}`);
    expect(await certificates()).toHaveLength(0);
    expect(await suspend(owner.supplierId, false)).toMatchObject(ok({ status: 'verified' }));
    expect(await certificates()).toHaveLength(1);
    expect((await told(world)).filter(({ userId }) => userId === owner.id).map(({ template }) => template)).toEqual([
      'supplier_submitted',
      'supplier_verified',
      'supplier_suspended',
      'supplier_verified',
    ]);
  });

  it('alone decides; a supplier does not, and of none there is nothing to decide', async () => {
    const owner = await submittedSupplier(world);
    const url = `/api/admin/suppliers/${owner.supplierId}`;
    expect(await owner.put(`${url}/verify`, { verified: true })).toMatchObject(refused(403, 'NOT_ALLOWED'));
    expect(await owner.put(`${url}/suspend`, { suspended: false, notes: 'x' })).toMatchObject(
      refused(403, 'NOT_ALLOWED'),
    );
    expect(await verify(newId())).toMatchObject(notFound);
    expect(await suspend(newId(), true)).toMatchObject(notFound);
    expect(await verify(owner.supplierId, { verified: 'yes' })).toMatchObject(refused(400, 'REQUEST_INVALID'));
    expect(await statusOf(owner.supplierId)).toBe('submitted');
  });
});

describe('a supplier with SQL of its own', () => {
  it.each([
    ['verify itself', `update supplier set status = 'verified'`],
    ['take its application back', `update supplier set status = 'draft'`],
    ['rename itself', `update supplier set legal_name = 'Other'`],
    ['boast of orders', 'update supplier set delivered_orders = 99'],
    ['write what an operator noted', `update supplier set notes = 'fine'`],
  ])('cannot %s', async (_what, statement) => {
    const owner = await submittedSupplier(world);
    const attempt = owner.ctx.transaction('Attempt', ({ sql }) =>
      sql.unsafe(`${statement} where owner_id = '${owner.id}'`).then(() => null),
    );
    await expect(attempt).rejects.toMatchObject({ code: '42501' });
    expect(await statusOf(owner.supplierId)).toBe('submitted');
  });

  it('cannot show a certificate or product as verified', async () => {
    const owner = await submittedSupplier(world);
    const now = world.clock.now();
    await owner.ctx.transaction('Attempt', async ({ sql }) => {
      await sql`insert into supplier_certificate (id, supplier_id, owner_id, kind, number, issued_by, valid_from, expires_on,
        supplier_verified, created_at) values (${newId()}, ${owner.supplierId}, ${owner.id}, 'REACH', '1', 'me', '2026-01-01',
        '2027-01-01', true, ${now})`;
      await sql`insert into product (id, supplier_id, owner_id, product_type, grade, title, origin_country, min_lot_kg,
        capacity_kg_per_month, status, supplier_name, supplier_verified, created_at, updated_at) values (${newId()},
        ${owner.supplierId}, ${owner.id}, 'lithium_carbonate', 'battery', 'Fake', 'CL', 1, 1, 'listed', 'Albemarle', true,
        ${now}, ${now})`;
      await sql`update product set supplier_verified = true, supplier_name = 'Albemarle' where owner_id = ${owner.id}`;
      return null;
    });
    const shown = await world.admin`
      select supplier_verified from supplier_certificate where owner_id = ${owner.id} and supplier_verified
      union all select visible from product where owner_id = ${owner.id} and (visible or supplier_name <> ${profile.legalName})`;
    expect(shown).toHaveLength(0);
  });

  it("cannot add to somebody else's supplier", async () => {
    const verified = await world.verifiedSupplier();
    const owner = await submittedSupplier(world);
    const attempt = owner.ctx.transaction('Attempt', async ({ sql }) => {
      await sql`insert into supplier_document (document_id, supplier_id, owner_id, kind, file_name, sha256, created_at)
        values (${newId()}, ${verified.supplierId}, ${owner.id}, 'x', 'x', 'x', ${world.clock.now()})`;
      return null;
    });
    await expect(attempt).rejects.toMatchObject({ code: '23503' });
  });
});

describe('an order that was delivered and paid', () => {
  const changed = (orderId: string, supplierId: string, status: string) =>
    world.receive(events.orderStatusChanged, orderId, {
      ...{ orderId, supplierId, status, buyerId: newId(), currency: 'USD', amountMinor: 100n },
    });
  const delivered = async (supplierId: string) =>
    (await world.buyer().get(`/api/suppliers/${supplierId}`)).body.deliveredOrders;

  it('counts once for its supplier, whatever is heard twice or at once', async () => {
    const supplier = await world.verifiedSupplier();
    const orders = await Promise.all([1, 2, 3].map(() => orderOf(world, supplier)));
    await orderOf(world, supplier, { status: 'delivered' });
    await Promise.all(orders.map((id) => changed(id, supplier.supplierId, 'released')));
    await changed(orders[0] ?? '', supplier.supplierId, 'released');
    expect(await delivered(supplier.supplierId)).toBe(3);
  });

  it('does not count before', async () => {
    const supplier = await world.verifiedSupplier();
    const id = await orderOf(world, supplier, { status: 'delivered' });
    expect(await changed(id, supplier.supplierId, 'delivered')).toBe('handled');
    expect(await delivered(supplier.supplierId)).toBe(0);
  });
});
