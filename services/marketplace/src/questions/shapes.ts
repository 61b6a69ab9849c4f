import { z } from 'zod';
import type { RfqQuestion } from './tables.ts';

/** A question as everybody sees it; who asked is not in it. */
export const questionShape = z.object({
  questionId: z.string(),
  question: z.string(),
  answer: z.string().nullable(),
  askedAt: z.string(),
  answeredAt: z.string().nullable(),
});

export function presentQuestion({ id, question, answer, askedAt, answeredAt }: RfqQuestion) {
  return {
    questionId: id,
    question,
    answer,
    askedAt: askedAt.toISOString(),
    answeredAt: answeredAt?.toISOString() ?? null,
  };
}
