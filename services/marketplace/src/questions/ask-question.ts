import { newId } from '@clearlot/kernel';
import type { Ctx } from '../clients.ts';
import { verifiedSupplier } from '../responses/verified-supplier.ts';
import { checkTakesQuestions } from '../rfqs/rfq.ts';
import { joinRfq } from '../rfqs/store.ts';
import { insertQuestion } from './store.ts';
import type { RfqQuestion } from './tables.ts';

/**
 * Asks the buyer something in front of everybody who sees the RFQ; nobody learns who asked. Errors:
 * MARKETPLACE_RFQ_NOT_FOUND, MARKETPLACE_SUPPLIER_NOT_VERIFIED, MARKETPLACE_RFQ_WRONG_STATUS, MARKETPLACE_RFQ_CLOSED,
 * MARKETPLACE_QUESTION_LATE.
 */
export async function askQuestion(ctx: Ctx, input: { rfqId: string; question: string }): Promise<RfqQuestion> {
  return ctx.transaction('AskQuestion', async (tx) => {
    const { rfq, terms } = await joinRfq(tx, input.rfqId);
    await verifiedSupplier(tx, ctx.actor.id);
    checkTakesQuestions(rfq, terms.questionsUntil, tx.now);
    const { id: rfqId, buyerId } = rfq;
    const answering = { answer: null, answeredAt: null, toldAt: null };
    const row = { id: newId(), rfqId, buyerId, question: input.question, askedAt: tx.now, ...answering };
    await insertQuestion(tx, row);
    const { title } = rfq;
    tx.notify(buyerId, 'question_asked', { rfqId, title, question: row.question });
    return row;
  });
}
