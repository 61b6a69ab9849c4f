import { integer, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

export const review = pgTable('review', {
  id: uuid('id').primaryKey(),
  orderId: uuid('order_id').notNull(),
  supplierId: uuid('supplier_id').notNull(),
  authorId: uuid('author_id').notNull(),
  rating: integer('rating').notNull(),
  quality: integer('quality').notNull(),
  delivery: integer('delivery').notNull(),
  communication: integer('communication').notNull(),
  text: text('text').notNull(),
  createdAt: instant('created_at').notNull(),
  updatedAt: instant('updated_at').notNull(),
});

export type Review = typeof review.$inferSelect;
