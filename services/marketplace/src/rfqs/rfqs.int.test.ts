import { events } from '@clearlot/proto/events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorld, type World } from '../world.fixture.ts';
import { contentFor, dayMs, handIn, hearStatus, openedRfq, pass, publishedRfq, termsFor, told } from './rfq.fixture.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const refused = (status: number, code: string) => ({ status, body: expect.objectContaining({ code }) });
const statusOf = async (rfqId: string) =>
  (await world.admin<{ status: string }[]>`select status from rfq where id = ${rfqId}`)[0]?.status;
const draft = (overrides: Record<string, unknown> = {}) => ({
  ...{ title: 'Carbonate', currency: 'USD', visibility: 'open', terms: termsFor({}, world.clock.now()) },
  ...overrides,
});
const draftOf = async (buyer: ReturnType<World['buyer']>, overrides: Record<string, unknown> = {}) =>
  (await buyer.post('/api/rfqs', draft(overrides))).body.rfqId as string;

describe('a draft', () => {
  it("is its buyer's alone until it is published, and then everybody's who is signed in", async () => {
    const buyer = world.buyer();
    const answer = await buyer.post('/api/rfqs', draft());
    expect(answer).toEqual({ status: 201, body: { rfqId: expect.any(String), status: 'draft', version: 0 } });
    const { rfqId } = answer.body;
    const others = [world.buyer(), world.supplier(), world.operator];
    for (const other of others) {
      expect(await other.get(`/api/rfqs/${rfqId}`)).toEqual(refused(404, 'MARKETPLACE_RFQ_NOT_FOUND'));
      expect((await other.get('/api/rfqs')).body.items.map((each: { rfqId: string }) => each.rfqId)).not.toContain(
        rfqId,
      );
    }
    expect((await buyer.get('/api/rfqs?mine=true')).body.items).toEqual([expect.objectContaining({ rfqId })]);
    const published = { status: 200, body: { rfqId, status: 'published', version: 1 } };
    expect(await buyer.post(`/api/rfqs/${rfqId}/publish`)).toEqual(published);
    expect(await buyer.post(`/api/rfqs/${rfqId}/publish`)).toEqual(published);
    for (const other of others) expect((await other.get(`/api/rfqs/${rfqId}`)).status).toBe(200);
    const said = (await world.emitted(events.rfqStatusChanged)).filter((each) => each.rfqId === rfqId);
    expect(said.map(({ status, version }) => [status, version])).toEqual([
      ['draft', 0],
      ['published', 1],
    ]);
  });

  it('is read as it was written, and written anew until it is published', async () => {
    const buyer = world.buyer();
    const rfqId = await draftOf(buyer);
    const terms = { ...termsFor({}, world.clock.now()), notes: 'Second thoughts', deadlineAt: '2026-12-20' };
    expect((await buyer.put(`/api/rfqs/${rfqId}`, draft({ title: 'Hydroxide', terms, currency: 'EUR' }))).status).toBe(
      200,
    );
    const { body } = await buyer.get(`/api/rfqs/${rfqId}`);
    expect(body).toMatchObject({ title: 'Hydroxide', currency: 'EUR', terms, deadlineAt: '2026-12-20T00:00:00.000Z' });
    expect(await world.buyer().put(`/api/rfqs/${rfqId}`, draft())).toEqual(refused(404, 'MARKETPLACE_RFQ_NOT_FOUND'));
    await buyer.post(`/api/rfqs/${rfqId}/publish`);
    expect(await buyer.put(`/api/rfqs/${rfqId}`, draft())).toEqual(refused(409, 'MARKETPLACE_RFQ_WRONG_STATUS'));
    expect(await world.buyer().put(`/api/rfqs/${rfqId}`, draft())).toEqual(refused(404, 'MARKETPLACE_RFQ_NOT_FOUND'));
  });

  it('with terms that do not hold together is refused with pointers, and leaves nothing', async () => {
    const buyer = world.buyer();
    const terms = termsFor({}, world.clock.now());
    const backwards = { ...terms, decideBy: terms.deadlineAt };
    const answer = await buyer.post('/api/rfqs', draft({ terms: backwards }));
    expect(answer).toEqual(refused(400, 'REQUEST_INVALID'));
    expect(answer.body.errors).toEqual([expect.objectContaining({ pointer: '/terms/decideBy' })]);
    const freight = [{ origin: 'CL', perTonne: '1.001' }];
    expect(await buyer.post('/api/rfqs', draft({ terms: { ...terms, costModel: { freight } } }))).toEqual(
      refused(422, 'MARKETPLACE_RFQ_TERMS_INVALID'),
    );
    expect(await buyer.post('/api/rfqs', draft({ currency: 'XYZ' }))).toEqual(refused(400, 'CURRENCY_UNKNOWN'));
    expect(await buyer.post('/api/rfqs', draft({ terms: { ...terms, notes: 'nul \0' } }))).toEqual(
      refused(400, 'REQUEST_INVALID'),
    );
    expect((await buyer.get('/api/rfqs?mine=true')).body.items).toEqual([]);
    expect((await world.supplier().post('/api/rfqs', draft())).status).toBe(403);
  });

  it('whose deadline has passed is not published, nor one whose seal would open later than it closes', async () => {
    const buyer = world.buyer();
    const past = await draftOf(buyer, {
      terms: { ...termsFor(), deadlineAt: '2026-11-24', questionsUntil: '2026-11-24' },
    });
    expect(await buyer.post(`/api/rfqs/${past}/publish`)).toEqual(refused(422, 'MARKETPLACE_RFQ_DEADLINE_PAST'));
    const sealed = await draftOf(buyer);
    const opensAt = new Date(world.clock.now().getTime() + 20 * dayMs);
    await world.clients.documents.createSeal({ sealId: sealed, opensAt });
    expect(await buyer.post(`/api/rfqs/${sealed}/publish`)).toEqual(refused(422, 'MARKETPLACE_RFQ_DEADLINE_EARLIER'));
    expect(await statusOf(sealed)).toBe('draft');
    expect(await world.buyer().post(`/api/rfqs/${sealed}/publish`)).toEqual(refused(404, 'MARKETPLACE_RFQ_NOT_FOUND'));
  });

  it('with a seal of an earlier try is published only once that seal holds until its deadline', async () => {
    const buyer = world.buyer();
    const rfqId = await draftOf(buyer);
    const tried = new Date(world.clock.now().getTime() + 60_000);
    await world.clients.documents.createSeal({ sealId: rfqId, opensAt: tried });
    expect((await buyer.post(`/api/rfqs/${rfqId}/publish`)).status).toBe(200);
    world.clock.advance(60_000);
    await expect(world.clients.documents.openSeal({ sealId: rfqId })).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });
});

describe('an RFQ by invitation', () => {
  it('is seen by its buyer and the invited suppliers only', async () => {
    const invited = await world.verifiedSupplier();
    const { rfqId, buyer } = await publishedRfq(world, { invited: [invited] });
    const other = await world.verifiedSupplier();
    for (const path of ['', '/versions', '/matches', '/responses/my']) {
      expect(await other.get(`/api/rfqs/${rfqId}${path}`)).toEqual(refused(404, 'MARKETPLACE_RFQ_NOT_FOUND'));
      expect((await invited.get(`/api/rfqs/${rfqId}${path}`)).status).toBe(200);
    }
    expect((await invited.get('/api/rfqs')).body.items.map((each: { rfqId: string }) => each.rfqId)).toContain(rfqId);
    expect((await other.get('/api/rfqs')).body.items.map((each: { rfqId: string }) => each.rfqId)).not.toContain(rfqId);
    const body = { rfqVersion: 1, content: contentFor(termsFor({}, world.clock.now())) };
    expect(await other.post(`/api/rfqs/${rfqId}/responses`, body)).toEqual(refused(404, 'MARKETPLACE_RFQ_NOT_FOUND'));
    expect((await buyer.get(`/api/rfqs/${rfqId}`)).body.buyers.invitedSupplierIds).toEqual([invited.supplierId]);
    expect((await invited.get(`/api/rfqs/${rfqId}`)).body.buyers).toBeNull();
  });

  it('invites verified suppliers, at least one', async () => {
    const buyer = world.buyer();
    const nobody = await draftOf(buyer, { visibility: 'invited' });
    expect(await buyer.post(`/api/rfqs/${nobody}/publish`)).toEqual(refused(422, 'MARKETPLACE_RFQ_NOBODY_INVITED'));
    const { supplierId } = await world.verifiedSupplier({ status: 'suspended' });
    const suspended = await draftOf(buyer, { visibility: 'invited', invitedSupplierIds: [supplierId] });
    expect(await buyer.post(`/api/rfqs/${suspended}/publish`)).toEqual(
      refused(422, 'MARKETPLACE_RFQ_INVITATION_INVALID'),
    );
    expect(await statusOf(suspended)).toBe('draft');
  });
});

describe('an amendment', () => {
  it('is a new version that shows what changed, and is told to who has handed in', async () => {
    const supplier = await world.verifiedSupplier();
    const { buyer, rfqId, terms } = await publishedRfq(world);
    await handIn(supplier, rfqId, contentFor(terms));
    const withdrawn = await world.verifiedSupplier();
    await handIn(withdrawn, rfqId, contentFor(terms));
    await withdrawn.post(`/api/rfqs/${rfqId}/responses/withdraw`);
    const deadlineAt = new Date(new Date(terms.deadlineAt).getTime() + dayMs).toISOString();
    const amended = { ...terms, deadlineAt, place: 'Rotterdam' };
    expect(await buyer.post(`/api/rfqs/${rfqId}/amend`, { terms: amended, reason: 'Another port' })).toEqual({
      status: 200,
      body: { rfqId, status: 'published', version: 2 },
    });
    const versions = (await supplier.get(`/api/rfqs/${rfqId}/versions`)).body;
    expect(versions.map((each: Record<string, unknown>) => [each.version, each.reason, each.changes])).toEqual([
      [1, null, []],
      [
        2,
        'Another port',
        [
          { path: '/deadlineAt', before: terms.deadlineAt, after: deadlineAt },
          { path: '/place', before: 'Antwerp', after: 'Rotterdam' },
        ],
      ],
    ]);
    expect((await supplier.get(`/api/rfqs/${rfqId}`)).body).toMatchObject({ version: 2, deadlineAt, terms: amended });
    expect(await told(world, 'rfq_amended', rfqId)).toEqual([]);
    const [said] = (await world.emitted(events.rfqAmended)).filter((each) => each.rfqId === rfqId);
    await world.receive(events.rfqAmended, rfqId, said ?? { rfqId, buyerId: '', version: 0 });
    expect((await told(world, 'rfq_amended', rfqId)).map((each) => each.userId)).toEqual([supplier.id]);
    // The seal holds until the new deadline.
    pass(world, terms.deadlineAt);
    await world.tick();
    expect(await statusOf(rfqId)).toBe('published');
    pass(world, deadlineAt);
    await world.tick();
    expect(await statusOf(rfqId)).toBe('closed');
  });

  it('to an earlier deadline, of other money, of a draft, after the deadline or by somebody else is refused', async () => {
    const { buyer, rfqId, terms } = await publishedRfq(world);
    const amend = (body: object, who = buyer) =>
      who.post(`/api/rfqs/${rfqId}/amend`, { terms: { ...terms, ...body }, reason: 'because' });
    const earlier = new Date(new Date(terms.deadlineAt).getTime() - 1).toISOString();
    expect(await amend({ deadlineAt: earlier })).toEqual(refused(422, 'MARKETPLACE_RFQ_DEADLINE_EARLIER'));
    const freight = [{ origin: 'CL', perTonne: '1.001' }];
    expect(await amend({ costModel: { freight } })).toEqual(refused(422, 'MARKETPLACE_RFQ_TERMS_INVALID'));
    expect(await amend({}, world.buyer())).toEqual(refused(404, 'MARKETPLACE_RFQ_NOT_FOUND'));
    const unpublished = await draftOf(buyer);
    expect(await buyer.post(`/api/rfqs/${unpublished}/amend`, { terms, reason: 'because' })).toEqual(
      refused(409, 'MARKETPLACE_RFQ_WRONG_STATUS'),
    );
    pass(world, terms.deadlineAt);
    const later = { deadlineAt: new Date(world.clock.now().getTime() + dayMs).toISOString() };
    expect(await amend(later)).toEqual(refused(409, 'MARKETPLACE_RFQ_CLOSED'));
    expect((await buyer.get(`/api/rfqs/${rfqId}/versions`)).body).toHaveLength(1);
  });
});

describe('an RFQ', () => {
  it('is cancelled before its award, and who had responded is told; the responses stay sealed for ever', async () => {
    const supplier = await world.verifiedSupplier();
    const { buyer, rfqId, terms } = await publishedRfq(world);
    await handIn(supplier, rfqId, contentFor(terms));
    const reason = 'No longer needed';
    expect(await world.buyer().post(`/api/rfqs/${rfqId}/cancel`, { reason })).toEqual(
      refused(404, 'MARKETPLACE_RFQ_NOT_FOUND'),
    );
    expect((await buyer.post(`/api/rfqs/${rfqId}/cancel`, { reason })).body.status).toBe('cancelled');
    expect(await buyer.post(`/api/rfqs/${rfqId}/cancel`, { reason })).toEqual(
      refused(409, 'MARKETPLACE_RFQ_WRONG_STATUS'),
    );
    expect(await hearStatus(world, rfqId)).toBe('handled');
    expect((await told(world, 'rfq_cancelled', rfqId)).map((each) => [each.userId, each.data.reason])).toEqual([
      [supplier.id, reason],
    ]);
    pass(world, terms.deadlineAt);
    await world.tick();
    expect(await buyer.get(`/api/rfqs/${rfqId}/responses`)).toEqual(refused(409, 'MARKETPLACE_RESPONSES_SEALED'));
    expect((await supplier.get(`/api/rfqs/${rfqId}/responses/my`)).body[0].status).toBe('sealed');
    const { body } = await buyer.get(`/api/rfqs/${rfqId}`);
    expect(body).toMatchObject({ status: 'cancelled', cancelReason: reason });
    const drafted = await draftOf(buyer);
    await buyer.post(`/api/rfqs/${drafted}/cancel`, { reason });
    // A draft that was never sent out stays its buyer's.
    expect((await supplier.get(`/api/rfqs/${drafted}`)).status).toBe(404);
  });

  it('nobody responded to expires at its deadline', async () => {
    const { buyer, rfqId, terms } = await publishedRfq(world);
    pass(world, terms.deadlineAt);
    await Promise.all([world.tick(), world.tick()]);
    expect(await statusOf(rfqId)).toBe('expired');
    expect((await told(world, 'rfq_expired', rfqId)).map((each) => each.userId)).toEqual([buyer.id]);
  });

  it('that is not decided in time expires once, and who responded is told', async () => {
    const supplier = await world.verifiedSupplier();
    const { buyer, rfqId, terms } = await openedRfq(world, [supplier]);
    expect(await statusOf(rfqId)).toBe('closed');
    pass(world, terms.decideBy);
    await Promise.all([world.tick(), world.tick()]);
    expect(await statusOf(rfqId)).toBe('expired');
    expect((await told(world, 'rfq_expired', rfqId)).map((each) => each.userId).sort()).toEqual(
      [buyer.id, supplier.id].sort(),
    );
  });

  it('is found by status, product and part of its title, page by page', async () => {
    const buyer = world.buyer();
    const ids: string[] = [];
    for (const title of ['Alpha 100% carbonate', 'Beta', 'Gamma ALPHA']) {
      ids.unshift((await publishedRfq(world, { buyer, title })).rfqId);
    }
    const found = async (query: string) => {
      const { body } = await buyer.get(`/api/rfqs?mine=true&${query}`);
      return body.items.map((each: { rfqId: string }) => each.rfqId);
    };
    expect(await found('q=alpha')).toEqual([ids[0], ids[2]]);
    expect(await found('q=100%25')).toEqual([ids[2]]);
    expect(await found('q=%25')).toEqual([ids[2]]);
    expect(await found('productType=lithium_carbonate&status=published')).toEqual(ids);
    expect(await found('productType=lithium_metal')).toEqual([]);
    expect(await found('status=closed')).toEqual([]);
    const first = (await buyer.get('/api/rfqs?mine=true&limit=2')).body;
    const second = (await buyer.get(`/api/rfqs?mine=true&limit=2&cursor=${first.nextCursor}`)).body;
    expect([...first.items, ...second.items].map((each) => each.rfqId)).toEqual(ids);
    expect(second.nextCursor).toBeNull();
  });
});

describe('an attachment', () => {
  const upload = (who: ReturnType<World['buyer']>, rfqId: string) => {
    const body = [
      '--x',
      'content-disposition: form-data; name="file"; filename="spec.pdf"',
      '',
      '%PDF-1.7',
      '--x--',
      '',
    ];
    const headers = { 'content-type': 'multipart/form-data; boundary=x' };
    return who.post(`/api/rfqs/${rfqId}/attachments`, Buffer.from(body.join('\r\n')), headers);
  };
  const readersOf = (documentId: string) =>
    world.shared.filter((each) => each.documentId === documentId).map((each) => each.readerId);

  it('of an open RFQ is shared with everybody, of a draft when it is published', async () => {
    const { buyer, rfqId } = await publishedRfq(world);
    const answer = await upload(buyer, rfqId);
    expect(answer.status).toBe(201);
    expect(readersOf(answer.body.documentId)).toEqual([undefined]);
    const supplier = world.supplier();
    expect((await supplier.get(`/api/rfqs/${rfqId}`)).body.attachments).toEqual([answer.body]);

    const drafted = await draftOf(buyer);
    const { documentId } = (await upload(buyer, drafted)).body;
    expect(readersOf(documentId)).toEqual([]);
    await buyer.post(`/api/rfqs/${drafted}/publish`);
    await hearStatus(world, drafted);
    expect(readersOf(documentId)).toEqual([undefined]);
  });

  it('of an RFQ by invitation is shared with the people of the invited suppliers', async () => {
    const invited = [await world.verifiedSupplier(), await world.verifiedSupplier()];
    const { buyer, rfqId } = await publishedRfq(world, { invited });
    const { documentId } = (await upload(buyer, rfqId)).body;
    expect(readersOf(documentId).sort()).toEqual(invited.map(({ id }) => id).sort());
  });

  it("comes from the RFQ's buyer, before the deadline", async () => {
    const { buyer, rfqId, terms } = await publishedRfq(world);
    expect(await upload(world.buyer(), rfqId)).toEqual(refused(404, 'MARKETPLACE_RFQ_NOT_FOUND'));
    pass(world, terms.deadlineAt);
    expect(await upload(buyer, rfqId)).toEqual(refused(409, 'MARKETPLACE_RFQ_CLOSED'));
    expect((await buyer.get(`/api/rfqs/${rfqId}`)).body.attachments).toEqual([]);
  });
});
