import { pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

export const rfqQuestion = pgTable('rfq_question', {
  id: uuid('id').primaryKey(),
  rfqId: uuid('rfq_id').notNull(),
  buyerId: uuid('buyer_id').notNull(),
  question: text('question').notNull(),
  answer: text('answer'),
  askedAt: instant('asked_at').notNull(),
  answeredAt: instant('answered_at'),
  toldAt: instant('told_at'),
});

export const rfqQuestionAsker = pgTable('rfq_question_asker', {
  questionId: uuid('question_id').primaryKey(),
  askerId: uuid('asker_id').notNull(),
});

export type RfqQuestion = typeof rfqQuestion.$inferSelect;
