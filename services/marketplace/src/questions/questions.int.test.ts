import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pass, publishedRfq, told } from '../rfqs/rfq.fixture.ts';
import { createWorld, type World } from '../world.fixture.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const refused = (status: number, code: string) => ({ status, body: expect.objectContaining({ code }) });

describe('a question', () => {
  it('and its answer are read by everybody who sees the RFQ; who asked is told, and named to nobody', async () => {
    const [asker, other] = [await world.verifiedSupplier(), await world.verifiedSupplier()];
    const { buyer, rfqId } = await publishedRfq(world);
    const asked = await asker.post(`/api/rfqs/${rfqId}/questions`, { question: 'Which terminal?' });
    expect(asked.status).toBe(201);
    const { questionId } = asked.body;
    const answer = (who = buyer, text = 'Terminal 3', id = questionId) =>
      who.put(`/api/rfqs/${rfqId}/questions/${id}/answer`, { answer: text });
    expect((await answer()).body).toMatchObject({ question: 'Which terminal?', answer: 'Terminal 3' });
    for (const who of [buyer, other, world.buyer(), world.operator]) {
      const { body } = await who.get(`/api/rfqs/${rfqId}`);
      expect(body.questions).toEqual([expect.objectContaining({ questionId, answer: 'Terminal 3' })]);
      expect(JSON.stringify(body)).not.toContain(asker.id);
      expect(JSON.stringify(body)).not.toContain(asker.supplierId);
      expect(await who.ctx.read(({ sql }) => sql`select 1 from rfq_question_asker`)).toHaveLength(0);
    }
    await Promise.all([world.tick(), world.tick()]);
    const answered = await told(world, 'question_answered', rfqId);
    expect(answered.map((each) => [each.userId, each.data.answer])).toEqual([[asker.id, 'Terminal 3']]);
    expect((await told(world, 'question_asked', rfqId)).map((each) => each.userId)).toEqual([buyer.id]);
    // A better answer is told again.
    await answer(buyer, 'Terminal 4');
    await world.tick();
    await world.tick();
    expect(await told(world, 'question_answered', rfqId)).toHaveLength(2);
    expect(await answer(world.buyer())).toEqual(refused(404, 'MARKETPLACE_RFQ_NOT_FOUND'));
    expect(await answer(buyer, 'x', rfqId)).toEqual(refused(404, 'MARKETPLACE_QUESTION_NOT_FOUND'));
  });

  it('is asked by a verified supplier who sees the RFQ, in time', async () => {
    const supplier = await world.verifiedSupplier();
    const { buyer, rfqId, terms } = await publishedRfq(world);
    const ask = (who: { post: typeof supplier.post }, id = rfqId) =>
      who.post(`/api/rfqs/${id}/questions`, { question: 'Why?' });
    expect(await ask(await world.verifiedSupplier({ status: 'submitted' }))).toEqual(
      refused(409, 'MARKETPLACE_SUPPLIER_NOT_VERIFIED'),
    );
    expect(await ask(world.supplier())).toEqual(refused(409, 'MARKETPLACE_SUPPLIER_NOT_VERIFIED'));
    expect((await ask(buyer)).status).toBe(403);
    const invited = await publishedRfq(world, { invited: [await world.verifiedSupplier()] });
    expect(await ask(supplier, invited.rfqId)).toEqual(refused(404, 'MARKETPLACE_RFQ_NOT_FOUND'));
    const { questionId } = (await ask(supplier)).body;
    pass(world, terms.questionsUntil);
    expect(await ask(supplier)).toEqual(refused(409, 'MARKETPLACE_QUESTION_LATE'));
    pass(world, terms.deadlineAt);
    expect(await buyer.put(`/api/rfqs/${rfqId}/questions/${questionId}/answer`, { answer: 'Because.' })).toEqual(
      refused(409, 'MARKETPLACE_RFQ_CLOSED'),
    );
  });
});
