import { newId } from '@clearlot/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorld, type World } from '../world.fixture.ts';
import { confirmedOrder, fundedOrder, seen, ship } from './order.fixture.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const upload = (person: { post: World['operator']['post'] }, url: string) => {
  const body = [
    '--part',
    'content-disposition: form-data; name="file"; filename="bl.pdf"',
    'content-type: application/pdf',
    '',
    '%PDF-1.7 bill',
    '--part--',
    '',
  ].join('\r\n');
  return person.post(url, Buffer.from(body), { 'content-type': 'multipart/form-data; boundary=part' });
};

describe('documents of an order', () => {
  it('are stored by either side, shown to both, and shared with the other', async () => {
    const order = await fundedOrder(world);
    const deliveryId = await ship(order, 1_000);
    const path = `/api/orders/${order.id}/documents`;
    const first = await upload(order.supplier, `${path}?kind=bill_of_lading&deliveryId=${deliveryId}`);
    expect(first).toMatchObject({
      status: 201,
      body: { kind: 'bill_of_lading', deliveryId, fileName: 'bl.pdf', uploaderId: order.supplier.id, sizeBytes: 13 },
    });
    const second = await upload(order.buyer, `${path}?kind=inspection_report`);
    expect(second).toMatchObject({ status: 201, body: { deliveryId: null } });
    const ids = [first.body.documentId, second.body.documentId];
    expect((await seen(order)).documents.map((each: { documentId: string }) => each.documentId)).toEqual(ids);
    const shared = world.shared.filter((each) => ids.includes(each.documentId));
    expect(shared.map((each) => each.readerId)).toEqual([order.buyer.id, order.supplier.id]);
  });

  it.each([
    ['a kind that is none', '?kind=love_letter', 400, 'REQUEST_INVALID'],
    ['no kind', '', 400, 'REQUEST_INVALID'],
    ['a delivery of another order', `?kind=other&deliveryId=${newId()}`, 404, 'MARKETPLACE_DELIVERY_NOT_FOUND'],
  ])('are refused with %s', async (_what, query, status, code) => {
    const order = await confirmedOrder(world);
    const before = world.shared.length;
    const answer = await upload(order.buyer, `/api/orders/${order.id}/documents${query}`);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(world.shared.length).toBe(before);
    expect((await seen(order)).documents).toEqual([]);
  });

  it('cannot be added by anybody else', async () => {
    const order = await confirmedOrder(world);
    const answer = await upload(world.supplier(), `/api/orders/${order.id}/documents?kind=other`);
    expect([answer.status, answer.body.code]).toEqual([404, 'MARKETPLACE_ORDER_NOT_FOUND']);
  });
});
