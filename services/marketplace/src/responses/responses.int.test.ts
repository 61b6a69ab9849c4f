import { createHash } from 'node:crypto';
import { events } from '@clearlot/proto/events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contentFor, handIn, pass, publishedRfq } from '../rfqs/rfq.fixture.ts';
import { canonicalJson } from '../sealing/canonical-json.ts';
import { createWorld, type World } from '../world.fixture.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const refused = (status: number, code: string) => ({ status, body: expect.objectContaining({ code }) });
const receiptOf = (receipt: string) =>
  JSON.parse(Buffer.from(receipt.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;

describe('handing in', () => {
  it('answers a signed receipt of what was sealed, which its supplier can prove with the nonce', async () => {
    const supplier = await world.verifiedSupplier();
    const { rfqId, terms } = await publishedRfq(world);
    const content = contentFor(terms, { notes: 'Our best' });
    const answer = await supplier.post(`/api/rfqs/${rfqId}/responses`, { rfqVersion: 1, content });
    expect(answer.status).toBe(201);
    const { responseId, contentSha256, nonce, receipt, submittedAt } = answer.body;
    expect(answer.body).toMatchObject({ version: 1, rfqVersion: 1, content });
    expect(createHash('sha256').update(canonicalJson({ content, nonce })).digest('hex')).toBe(contentSha256);
    const [row] = await world.admin<{ envelope: string }[]>`select envelope from response where id = ${responseId}`;
    expect(receiptOf(receipt)).toEqual({
      ...{ responseId, rfqId, rfqVersion: 1, supplierId: supplier.supplierId, version: 1, contentSha256, submittedAt },
      envelopeSha256: createHash('sha256')
        .update(row?.envelope ?? '')
        .digest('hex'),
    });
    const [mine] = (await supplier.get(`/api/rfqs/${rfqId}/responses/my`)).body;
    expect(mine).toMatchObject({ responseId, status: 'sealed', receipt, content: null });
    const said = (await world.emitted(events.responseSubmitted)).find((each) => each.responseId === responseId);
    expect(said).toMatchObject({ rfqId, supplierId: supplier.supplierId, version: 1 });
  });

  it('again replaces what was handed in before, and keeps its envelope', async () => {
    const supplier = await world.verifiedSupplier();
    const { buyer, rfqId, terms } = await publishedRfq(world);
    await handIn(supplier, rfqId, contentFor(terms, { notes: 'first' }));
    await handIn(supplier, rfqId, contentFor(terms, { notes: 'second' }));
    pass(world, terms.deadlineAt);
    await world.tick();
    const [only, ...others] = (await buyer.get(`/api/rfqs/${rfqId}/responses`)).body;
    expect(others).toEqual([]);
    expect(only).toMatchObject({ version: 2, current: true, content: { notes: 'second' } });
    const mine = (await supplier.get(`/api/rfqs/${rfqId}/responses/my`)).body;
    expect(mine.map((each: Record<string, unknown>) => [each.version, each.status])).toEqual([
      [2, 'opened'],
      [1, 'replaced'],
    ]);
    expect(mine[0].content).toMatchObject({ notes: 'second' });
    expect(mine[1].content).toBeNull();
    expect(await world.admin`select 1 from response where rfq_id = ${rfqId} and length(envelope) > 100`).toHaveLength(
      2,
    );
  });

  it('at once many times leaves one that counts', async () => {
    const supplier = await world.verifiedSupplier();
    const { rfqId, terms } = await publishedRfq(world);
    const answers = await Promise.all(Array.from({ length: 8 }, () => handIn(supplier, rfqId, contentFor(terms))));
    expect(answers.map(({ version }) => version).sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    const rows = await world.admin`select version from response where rfq_id = ${rfqId} and status = 'sealed'`;
    expect(rows).toEqual([{ version: 8 }]);
  });

  it('is for verified suppliers who see the RFQ', async () => {
    const { buyer, rfqId, terms } = await publishedRfq(world);
    const body = { rfqVersion: 1, content: contentFor(terms) };
    for (const who of [world.supplier(), await world.verifiedSupplier({ status: 'suspended' })]) {
      for (const [path, sent] of [
        ['', body],
        ['/acknowledge', { rfqVersion: 1 }],
      ] as const) {
        expect(await who.post(`/api/rfqs/${rfqId}/responses${path}`, sent)).toEqual(
          refused(409, 'MARKETPLACE_SUPPLIER_NOT_VERIFIED'),
        );
      }
    }
    expect((await buyer.post(`/api/rfqs/${rfqId}/responses`, body)).status).toBe(403);
    const supplier = await world.verifiedSupplier();
    const drafted = (await buyer.post('/api/rfqs', { title: 'x', currency: 'USD', visibility: 'open', terms })).body;
    expect(await supplier.post(`/api/rfqs/${drafted.rfqId}/responses`, body)).toEqual(
      refused(404, 'MARKETPLACE_RFQ_NOT_FOUND'),
    );
    await buyer.post(`/api/rfqs/${rfqId}/cancel`, { reason: 'x' });
    expect(await supplier.post(`/api/rfqs/${rfqId}/responses`, body)).toEqual(
      refused(409, 'MARKETPLACE_RFQ_WRONG_STATUS'),
    );
    expect(await world.admin`select 1 from response where rfq_id = ${rfqId}`).toHaveLength(0);
  });

  it('what does not answer the terms is refused with pointers', async () => {
    const supplier = await world.verifiedSupplier();
    const { rfqId, terms } = await publishedRfq(world);
    const [first] = contentFor(terms).offers;
    const send = (content: object) => supplier.post(`/api/rfqs/${rfqId}/responses`, { rfqVersion: 1, content });
    const answer = await send(contentFor(terms, { offers: first ? [{ ...first, lineId: 'L9', price: '1.001' }] : [] }));
    expect(answer).toEqual(refused(422, 'MARKETPLACE_RESPONSE_CONTENT_INVALID'));
    expect(answer.body.errors.map((each: { pointer: string }) => each.pointer)).toEqual([
      '/content/offers/0/lineId',
      '/content/offers/0/price',
    ]);
    expect(await send({ ...contentFor(terms), notes: 'nul \0' })).toEqual(refused(400, 'REQUEST_INVALID'));
    expect(await send({ ...contentFor(terms), validTill: '2027' })).toEqual(refused(400, 'REQUEST_INVALID'));
    expect((await send({})).body.errors[0].pointer).toMatch(/^\/content\//);
    expect(await world.admin`select 1 from response where rfq_id = ${rfqId}`).toHaveLength(0);
  });

  it('from the deadline on is late, also before anybody has closed the RFQ, and so are withdrawals', async () => {
    const supplier = await world.verifiedSupplier();
    const { rfqId, terms } = await publishedRfq(world);
    await handIn(supplier, rfqId, contentFor(terms));
    const late = refused(409, 'MARKETPLACE_RESPONSE_LATE');
    const attempts = async () => {
      const path = `/api/rfqs/${rfqId}/responses`;
      expect(await supplier.post(path, { rfqVersion: 1, content: contentFor(terms) })).toEqual(late);
      expect(await supplier.post(`${path}/withdraw`)).toEqual(late);
      expect(await supplier.post(`${path}/acknowledge`, { rfqVersion: 1 })).toEqual(late);
    };
    pass(world, terms.deadlineAt);
    await attempts();
    await world.tick();
    await attempts();
    expect((await supplier.get(`/api/rfqs/${rfqId}/responses/my`)).body[0].status).toBe('opened');
  });
});

describe('taking back', () => {
  it('has a signed receipt, and what was taken back is never opened', async () => {
    const [supplier, other] = [await world.verifiedSupplier(), await world.verifiedSupplier()];
    const { buyer, rfqId, terms } = await publishedRfq(world);
    const { responseId, receipt } = await handIn(supplier, rfqId, contentFor(terms));
    await handIn(other, rfqId, contentFor(terms));
    world.clock.advance(1_000);
    const answer = await supplier.post(`/api/rfqs/${rfqId}/responses/withdraw`);
    expect(answer).toMatchObject({ status: 200, body: { responseId, status: 'withdrawn' } });
    const { withdrawnAt } = answer.body;
    expect(receiptOf(answer.body.withdrawalReceipt)).toEqual({ ...receiptOf(receipt), withdrawnAt });
    expect(await supplier.post(`/api/rfqs/${rfqId}/responses/withdraw`)).toEqual(
      refused(404, 'MARKETPLACE_RESPONSE_NOT_FOUND'),
    );
    expect((await world.emitted(events.responseWithdrawn)).map((each) => each.responseId)).toContain(responseId);
    pass(world, terms.deadlineAt);
    await world.tick();
    const opened = (await buyer.get(`/api/rfqs/${rfqId}/responses`)).body;
    expect(opened.map((each: { supplierId: string }) => each.supplierId)).toEqual([other.supplierId]);
  });
});

describe('an amended RFQ', () => {
  it('makes responses stale until they are acknowledged or handed in again; content that does not fit stays so', async () => {
    const suppliers = await Promise.all(Array.from({ length: 4 }, () => world.verifiedSupplier()));
    const [silent, acknowledging, anew, misfit] = suppliers;
    if (!silent || !acknowledging || !anew || !misfit) throw new Error('four suppliers');
    const { buyer, rfqId, terms } = await publishedRfq(world);
    const [first, second] = contentFor(terms).offers;
    if (!first || !second) throw new Error('two offers');
    for (const supplier of [silent, acknowledging, anew]) {
      await handIn(supplier, rfqId, contentFor(terms, { offers: [first] }));
    }
    await handIn(misfit, rfqId, contentFor(terms, { offers: [second] }));
    const lines = terms.lines.slice(0, 1);
    await buyer.post(`/api/rfqs/${rfqId}/amend`, { terms: { ...terms, lines }, reason: 'One line less' });
    const stale = refused(409, 'MARKETPLACE_RESPONSE_STALE');
    const path = `/api/rfqs/${rfqId}/responses`;
    const content = contentFor({ ...terms, lines });
    for (const rfqVersion of [1, 3]) {
      expect(await anew.post(path, { rfqVersion, content })).toEqual(stale);
      expect(await anew.post(`${path}/acknowledge`, { rfqVersion })).toEqual(stale);
    }
    await handIn(anew, rfqId, content, 2);
    for (const supplier of [acknowledging, misfit]) {
      const answer = await supplier.post(`${path}/acknowledge`, { rfqVersion: 2 });
      expect(answer.body).toMatchObject({ rfqVersion: 1, acknowledgedVersion: 2, status: 'sealed' });
      expect((await supplier.post(`${path}/acknowledge`, { rfqVersion: 2 })).body).toEqual(answer.body);
    }
    const none = await world.verifiedSupplier();
    expect(await none.post(`${path}/acknowledge`, { rfqVersion: 2 })).toEqual(
      refused(404, 'MARKETPLACE_RESPONSE_NOT_FOUND'),
    );
    pass(world, terms.deadlineAt);
    await world.tick();
    const opened: Record<string, unknown>[] = (await buyer.get(path)).body;
    const of = ({ supplierId }: { supplierId: string }) => opened.find((each) => each.supplierId === supplierId);
    expect(of(silent)).toMatchObject({ current: false, rfqVersion: 1, problems: [] });
    expect(of(acknowledging)).toMatchObject({ current: true, rfqVersion: 2 });
    expect(of(anew)).toMatchObject({ current: true, rfqVersion: 2 });
    expect(of(misfit)).toMatchObject({ current: false, problems: [{ pointer: '/content/offers/0/lineId' }] });
  });
});
