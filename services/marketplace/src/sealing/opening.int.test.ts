import { createHash } from 'node:crypto';
import { events } from '@clearlot/proto/events';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { contentFor, dayMs, handIn, openedRfq, pass, publishedRfq, told } from '../rfqs/rfq.fixture.ts';
import { createWorld, type World } from '../world.fixture.ts';
import { canonicalJson } from './canonical-json.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const refused = (status: number, code: string) => ({ status, body: expect.objectContaining({ code }) });

describe('until the deadline', () => {
  it('nothing of a response is in the database but its envelope and hash: a superuser finds none of it', async () => {
    const supplier = await world.verifiedSupplier();
    const { buyer, rfqId, terms } = await publishedRfq(world);
    const [first] = contentFor(terms).offers;
    if (!first) throw new Error('an offer');
    const offers = [{ ...first, offerId: 'zanzibar-9', price: '98765.43', quantityKg: 7_654_321 }];
    const content = contentFor(terms, { offers, notes: 'kumquat marmalade' });
    const headers = { 'idempotency-key': 'twice-for-once' };
    const body = { rfqVersion: 1, content };
    const answer = await supplier.post(`/api/rfqs/${rfqId}/responses`, body, headers);
    expect(answer.status).toBe(201);
    await supplier.post(`/api/rfqs/${rfqId}/responses`, body, headers);
    await supplier.post(`/api/rfqs/${rfqId}/responses/withdraw`, undefined, headers);
    await supplier.post(`/api/rfqs/${rfqId}/responses`, body, headers);
    const words = ['zanzibar-9', '98765.43', '9876543', '7654321', 'kumquat'];
    const hex = words.map((word) => Buffer.from(word).toString('hex'));
    const plainHash = createHash('sha256').update(canonicalJson(content)).digest('hex');
    const secrets = [...words, ...hex, plainHash, answer.body.nonce];
    const everything = await dump();
    expect(everything).toContain(answer.body.contentSha256);
    for (const secret of secrets) expect(everything).not.toContain(secret);
    pass(world, terms.deadlineAt);
    await world.tick();
    expect(await dump()).toContain('kumquat');
    expect((await buyer.get(`/api/rfqs/${rfqId}/responses`)).body[0].content).toEqual(content);
  });

  it('its buyer, operators and other suppliers learn nothing of it, not even that it is there', async () => {
    const supplier = await world.verifiedSupplier();
    const { buyer, rfqId, terms } = await publishedRfq(world);
    const before = (await buyer.get(`/api/rfqs/${rfqId}`)).body;
    await handIn(supplier, rfqId, contentFor(terms));
    expect((await buyer.get(`/api/rfqs/${rfqId}`)).body).toEqual(before);
    expect(before.buyers.responses).toBeNull();
    expect(await buyer.get(`/api/rfqs/${rfqId}/responses`)).toEqual(refused(409, 'MARKETPLACE_RESPONSES_SEALED'));
    for (const who of [buyer, world.operator, world.buyer(), await world.verifiedSupplier()]) {
      expect(await who.ctx.read(({ sql }) => sql`select 1 from response where rfq_id = ${rfqId}`)).toHaveLength(0);
    }
    // The deadline alone does not show them either: they are shown when they were opened.
    pass(world, terms.deadlineAt);
    expect(await buyer.get(`/api/rfqs/${rfqId}/responses`)).toEqual(refused(409, 'MARKETPLACE_RESPONSES_SEALED'));
    await world.tick();
    expect((await buyer.get(`/api/rfqs/${rfqId}`)).body.buyers.responses).toBe(1);
    expect(await world.buyer().get(`/api/rfqs/${rfqId}/responses`)).toEqual(refused(404, 'MARKETPLACE_RFQ_NOT_FOUND'));
  });
});

describe('the opening', () => {
  it('happens once, however many replicas try, and is told to the buyer with the number', async () => {
    const suppliers = [await world.verifiedSupplier(), await world.verifiedSupplier()];
    const { buyer, rfqId, terms } = await publishedRfq(world);
    for (const supplier of suppliers) await handIn(supplier, rfqId, contentFor(terms));
    pass(world, terms.deadlineAt);
    await Promise.all([world.tick(), world.tick(), world.tick()]);
    const notices = await told(world, 'rfq_closed', rfqId);
    expect(notices.map((each) => [each.userId, each.data.responses])).toEqual([[buyer.id, '2']]);
    const closings = (await world.emitted(events.rfqStatusChanged)).filter((each) => each.rfqId === rfqId);
    expect(closings.map((each) => each.status)).toEqual(['draft', 'published', 'closed']);
  });

  it('waits for documents to give the key out', async () => {
    const supplier = await world.verifiedSupplier();
    const { buyer, rfqId, terms } = await publishedRfq(world);
    await handIn(supplier, rfqId, contentFor(terms));
    const opensAt = new Date(new Date(terms.deadlineAt).getTime() + dayMs);
    await world.clients.documents.extendSeal({ sealId: rfqId, opensAt });
    pass(world, terms.deadlineAt);
    await world.tick();
    expect(await buyer.get(`/api/rfqs/${rfqId}/responses`)).toEqual(refused(409, 'MARKETPLACE_RESPONSES_SEALED'));
    world.clock.advance(dayMs);
    await world.tick();
    expect((await buyer.get(`/api/rfqs/${rfqId}/responses`)).body).toHaveLength(1);
  });

  it('is not held up by an envelope that does not open: that response is unreadable, visibly', async () => {
    const [good, bad, moved] = [
      await world.verifiedSupplier(),
      await world.verifiedSupplier(),
      await world.verifiedSupplier(),
    ];
    const { buyer, rfqId, terms } = await publishedRfq(world);
    for (const supplier of [good, bad, moved]) await handIn(supplier, rfqId, contentFor(terms));
    await world.admin`update response set envelope = 'not.a.jwe' 
      where rfq_id = ${rfqId} and supplier_id = ${bad.supplierId}`;
    // Somebody with the run of the database hands one supplier's envelope in for another.
    await world.admin`update response r set envelope = o.envelope, content_sha256 = o.content_sha256
      from response o where r.rfq_id = ${rfqId} and r.supplier_id = ${moved.supplierId}
        and o.rfq_id = ${rfqId} and o.supplier_id = ${good.supplierId}`;
    pass(world, terms.deadlineAt);
    await world.tick();
    const opened = (await buyer.get(`/api/rfqs/${rfqId}/responses`)).body;
    expect(opened.map((each: { supplierId: string }) => each.supplierId)).toEqual([good.supplierId]);
    for (const supplier of [bad, moved]) {
      expect((await supplier.get(`/api/rfqs/${rfqId}/responses/my`)).body[0].status).toBe('unreadable');
    }
    expect(await world.admin`select 1 from audit_log where action = 'response.unreadable'`).toHaveLength(2);
  });

  it('takes in every response that was accepted and none that was refused, when all come at the deadline', async () => {
    const suppliers = await Promise.all(Array.from({ length: 16 }, () => world.verifiedSupplier()));
    const { buyer, rfqId, terms } = await publishedRfq(world);
    const lastMoment = new Date(terms.deadlineAt).getTime() - 1;
    pass(world, new Date(lastMoment).toISOString());
    const body = { rfqVersion: 1, content: contentFor(terms) };
    const send = async (at: number) => {
      await new Promise((resolve) => setTimeout(resolve, at * 4));
      return suppliers[at]?.post(`/api/rfqs/${rfqId}/responses`, body);
    };
    const close = async (delayMs: number) => {
      await new Promise((resolve) => setTimeout(resolve, delayMs));
      if (delayMs === 30) world.clock.advance(1);
      await world.tick();
    };
    // The first is in time and the last is not, however slow the machine is.
    const first = await send(0);
    const racing = suppliers.slice(1, -1).map((_, at) => send(at + 1));
    const [between] = await Promise.all([Promise.all(racing), ...[0, 10, 20, 30, 31, 32, 40, 50].map(close)]);
    const answers = [first, ...between, await send(suppliers.length - 1)];
    await world.tick();
    const opened = new Set<string>();
    for (const { supplierId } of (await buyer.get(`/api/rfqs/${rfqId}/responses`)).body) opened.add(supplierId);
    for (const [at, answer] of answers.entries()) {
      if (answer?.status !== 201) expect(answer).toEqual(refused(409, 'MARKETPLACE_RESPONSE_LATE'));
      expect(opened.has(suppliers[at]?.supplierId ?? '')).toBe(answer?.status === 201);
    }
    expect(opened.size).toBeGreaterThan(0);
    expect(opened.size).toBeLessThan(suppliers.length);
  });

  it('waits for a hand-in that began before the deadline, and takes it in', async () => {
    const supplier = await world.verifiedSupplier();
    const { buyer, rfqId, terms } = await publishedRfq(world);
    const { sign } = world.clients.receipts;
    // It has been checked and sealed, and not yet committed, when the time comes.
    const [signing, signed] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    world.clients.receipts.sign = async (receipt) => {
      signing.resolve();
      await signed.promise;
      return sign(receipt);
    };
    const handingIn = handIn(supplier, rfqId, contentFor(terms));
    await signing.promise;
    world.clients.receipts.sign = sign;
    // Another is there already, so that there is a reason to close.
    const { responseId } = await handIn(await world.verifiedSupplier(), rfqId, contentFor(terms));
    pass(world, terms.deadlineAt);
    const closing = world.tick();
    await vi.waitFor(async () => {
      const waiting = await world.admin`
        select 1 from pg_locks l join pg_database d on d.oid = l.database and d.datname = current_database()
        where l.locktype = 'advisory' and not l.granted`;
      expect(waiting).toHaveLength(1);
    });
    signed.resolve();
    await closing;
    const opened = (await buyer.get(`/api/rfqs/${rfqId}/responses`)).body;
    const ids = opened.map((each: { responseId: string }) => each.responseId).sort();
    expect(ids).toEqual([responseId, (await handingIn).responseId].sort());
  });

  it('leaves what the fixture of others builds on: as many responses as were handed in, all current', async () => {
    const suppliers = [await world.verifiedSupplier(), await world.verifiedSupplier()];
    const { buyer, rfqId, responseIds } = await openedRfq(world, suppliers, [
      (terms) => contentFor(terms, { notes: 'a' }),
    ]);
    const opened = (await buyer.get(`/api/rfqs/${rfqId}/responses`)).body;
    expect(opened.map((each: { responseId: string }) => each.responseId)).toEqual(responseIds);
    expect(opened.every((each: { current: boolean }) => each.current)).toBe(true);
  });
});

/** Every row of every table as text, past all rules. */
async function dump(): Promise<string> {
  const tables = await world.admin<{ name: string }[]>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema')`;
  const texts = await Promise.all(
    tables.map(({ name }) => world.admin.unsafe<{ text: string }[]>(`select t::text as text from ${name} t`)),
  );
  return texts.flatMap((rows) => rows.map((row) => row.text)).join('\n');
}
