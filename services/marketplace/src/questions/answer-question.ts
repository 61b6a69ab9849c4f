import type { Ctx } from '../clients.ts';
import { rfqErrors } from '../rfqs/errors.ts';
import { checkBeforeDeadline } from '../rfqs/rfq.ts';
import { lockRfq } from '../rfqs/store.ts';
import { findQuestion, saveAnswer } from './store.ts';
import type { RfqQuestion } from './tables.ts';

/**
 * Answers a question, or answers it better, until the deadline. Errors: MARKETPLACE_RFQ_NOT_FOUND,
 * MARKETPLACE_QUESTION_NOT_FOUND, MARKETPLACE_RFQ_WRONG_STATUS, MARKETPLACE_RFQ_CLOSED.
 */
export async function answerQuestion(
  ctx: Ctx,
  input: { rfqId: string; questionId: string; answer: string },
): Promise<RfqQuestion> {
  return ctx.transaction('AnswerQuestion', async (tx) => {
    const { rfq } = await lockRfq(tx, input.rfqId);
    const found = await findQuestion(tx, rfq.id, input.questionId);
    if (!found) throw rfqErrors.error('MARKETPLACE_QUESTION_NOT_FOUND');
    checkBeforeDeadline(rfq, tx.now);
    return saveAnswer(tx, found, input.answer);
  });
}
