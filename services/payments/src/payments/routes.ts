import { moneyToJson } from '@clearlot/kernel';
import {
  type Context,
  operators,
  operatorsLive,
  type Page,
  pageOf,
  pageQuery,
  type Route,
  readCursor,
  route,
  signedIn,
  toPage,
} from '@clearlot/service';
import { z } from 'zod';
import type { EscrowBank } from '../config.ts';
import { paymentsErrors } from '../errors.ts';
import type { WireRow } from '../schema.ts';
import { confirmPayment } from './confirm-payment.ts';
import { remainingMinor } from './payment.ts';
import { readReference } from './reference.ts';
import { filterPayments, findPayment, type PaymentWithWires, paymentsOfUser } from './store.ts';

const money = z.union([z.number(), z.string()]);
const status = z.enum(['pending', 'partial', 'confirmed', 'cancelled']);
const type = z.enum(['incoming', 'outgoing']);

const wire = z.object({
  wireReference: z.string(),
  amount: money,
  match: z.enum(['short', 'exact', 'over', 'duplicate', 'sent']),
  surplusAmount: money,
  receivedAt: z.string(),
  recordedAt: z.string(),
});

/** A payment as people see it. */
export const paymentShape = z.object({
  paymentId: z.string(),
  dealId: z.string(),
  type,
  purpose: z.enum(['funding', 'top_up', 'payout', 'refund']),
  commitmentId: z.string().nullable(),
  participationId: z.string().nullable(),
  amount: money,
  confirmedAmount: money,
  remainingAmount: money,
  surplusAmount: money,
  currency: z.string(),
  status,
  reference: z.string(),
  /** Where to wire, while the payment waits for money. */
  wireInstructions: z
    .object({
      bankName: z.string(),
      accountName: z.string(),
      accountNumber: z.string(),
      routingNumber: z.string(),
      swift: z.string(),
      reference: z.string(),
    })
    .nullable(),
  createdAt: z.string(),
  confirmedAt: z.string().nullable(),
  wires: z.array(wire),
});

const confirmed = paymentShape.pick({
  paymentId: true,
  status: true,
  amount: true,
  confirmedAmount: true,
  remainingAmount: true,
  surplusAmount: true,
  currency: true,
  wires: true,
});

const byId = z.object({ id: z.uuid() });

/** The payments people see of themselves, and what operators do with all of them. */
export function paymentRoutes(bank: EscrowBank): Route<unknown>[] {
  const present = (found: PaymentWithWires) => presentPayment(found, bank);
  return [
    route({
      method: 'GET',
      path: '/api/payments/my',
      access: signedIn,
      summary: 'My payments, newest first; those that wait for my wire say where to send it',
      response: z.array(paymentShape),
      action: (ctx: Context) => ctx.read((work) => paymentsOfUser(work, ctx.actor.id)),
      present: (payments) => payments.map(present),
    }),
    route({
      method: 'GET',
      path: '/api/payments/:id',
      access: signedIn,
      summary: 'One of my payments, or any for operators',
      params: byId,
      response: paymentShape,
      action: async (ctx: Context, { params }) => {
        const found = await ctx.read((work) => findPayment(work, params.id));
        if (!found) throw paymentsErrors.error('PAYMENTS_PAYMENT_NOT_FOUND');
        return found;
      },
      present,
    }),
    route({
      method: 'GET',
      path: '/api/admin/payments',
      access: operators,
      summary: 'All payments, newest first',
      query: pageQuery.extend({
        dealId: z.uuid().optional(),
        status: status.optional(),
        type: type.optional(),
        reference: z.string().max(40).optional(),
      }),
      response: pageOf(paymentShape.extend({ userId: z.string() })),
      action: async (ctx: Context, { query }): Promise<Page<PaymentWithWires>> => {
        const filter = {
          ...query,
          reference: query.reference === undefined ? undefined : readReference(query.reference),
          before: readCursor(query.cursor),
          limit: query.limit + 1,
        };
        return toPage(await ctx.read((work) => filterPayments(work, filter)), query.limit);
      },
      present: (page) => ({
        items: page.items.map((each) => ({ userId: each.userId, ...present(each) })),
        nextCursor: page.nextCursor,
      }),
    }),
    route({
      method: 'POST',
      path: '/api/admin/payments/:id/confirm',
      access: operatorsLive,
      summary: 'Book a wire the bank shows against a payment',
      params: byId,
      body: z.object({
        amount: money,
        wireReference: z.string().trim().min(1).max(140),
        receivedAt: z.union([z.iso.datetime({ offset: true }), z.iso.date()]).optional(),
      }),
      response: confirmed,
      action: (ctx: Context, { params, body }) =>
        confirmPayment(ctx, {
          paymentId: params.id,
          amount: body.amount,
          wireReference: body.wireReference,
          receivedAt: body.receivedAt === undefined ? undefined : new Date(body.receivedAt),
        }),
      present: (found) => confirmed.parse(present(found)),
    }),
  ];
}

/** A payment as its owner or an operator sees it, with where to wire while it waits. */
export function presentPayment(row: PaymentWithWires, bank: EscrowBank): z.input<typeof paymentShape> {
  const json = (minor: bigint) => moneyToJson(minor, row.currency);
  const waits = row.type === 'incoming' && (row.status === 'pending' || row.status === 'partial');
  return {
    paymentId: row.id,
    dealId: row.dealId,
    type: row.type,
    purpose: row.purpose,
    commitmentId: row.commitmentId,
    participationId: row.participationId,
    amount: json(row.amountMinor),
    confirmedAmount: json(row.confirmedMinor),
    remainingAmount: json(remainingMinor(row)),
    surplusAmount: json(row.surplusMinor),
    currency: row.currency,
    status: row.status,
    reference: row.reference,
    wireInstructions: waits ? { ...bank, reference: row.reference } : null,
    createdAt: row.createdAt.toISOString(),
    confirmedAt: row.confirmedAt?.toISOString() ?? null,
    wires: row.wires.map((each) => presentWire(each, json)),
  };
}

function presentWire(row: WireRow, json: (minor: bigint) => number | string) {
  return {
    wireReference: row.wireReference,
    amount: json(row.amountMinor),
    match: row.match,
    surplusAmount: json(row.surplusMinor),
    receivedAt: row.receivedAt.toISOString(),
    recordedAt: row.recordedAt.toISOString(),
  };
}
