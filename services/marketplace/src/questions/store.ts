import type { Tx, Work } from '@clearlot/service';
import { and, asc, eq } from 'drizzle-orm';
import { type RfqQuestion, rfqQuestion, rfqQuestionAsker } from './tables.ts';

/** Keeps a question, and apart from it who asked. The audit row names nobody but its actor, whom only operators see. */
export async function insertQuestion(tx: Tx, row: RfqQuestion): Promise<void> {
  const { id, rfqId, question } = row;
  await tx.db.insert(rfqQuestion).values(row);
  await tx.db.insert(rfqQuestionAsker).values({ questionId: id, askerId: tx.actor.id });
  tx.audit({ action: 'question.asked', entityType: 'question', entityId: id, after: { rfqId, question } });
}

/** Questions of an RFQ found before in this transaction, the first one first. */
export async function listQuestions(work: Work, rfqId: string): Promise<RfqQuestion[]> {
  return work.db.select().from(rfqQuestion).where(eq(rfqQuestion.rfqId, rfqId)).orderBy(asc(rfqQuestion.id));
}

/** A question of an RFQ that its buyer has locked in this transaction. */
export async function findQuestion(tx: Tx, rfqId: string, id: string): Promise<RfqQuestion | undefined> {
  const [row] = await tx.db
    .select()
    .from(rfqQuestion)
    .where(and(eq(rfqQuestion.rfqId, rfqId), eq(rfqQuestion.id, id)));
  return row;
}

export async function saveAnswer(tx: Tx, before: RfqQuestion, answer: string): Promise<RfqQuestion> {
  const change = { answer, answeredAt: tx.now, toldAt: null };
  await tx.db.update(rfqQuestion).set(change).where(eq(rfqQuestion.id, before.id));
  const entity = { entityType: 'question', entityId: before.id };
  tx.audit({ action: 'question.answered', ...entity, before: { answer: before.answer }, after: { answer } });
  return { ...before, ...change };
}

/** An answer whose asker has not been told of it. */
export interface Untold {
  id: string;
  rfqId: string;
  title: string;
  question: string;
  answer: string;
  askerId: string;
}

/** Claims answers to tell their askers of, and marks them told; for the service. */
export async function takeUntold({ sql, now }: Tx): Promise<Untold[]> {
  return sql<Untold[]>`
    with untold as (
      select id from rfq_question where answered_at is not null and told_at is null
      order by answered_at limit 50 for update skip locked)
    update rfq_question q set told_at = ${now} from untold, rfq_question_asker a, rfq r
    where q.id = untold.id and a.question_id = q.id and r.id = q.rfq_id
    returning q.id, q.rfq_id as "rfqId", r.title, q.question, q.answer, a.asker_id as "askerId"`;
}
