import { newId, systemClock } from '@clearlot/kernel';
import type { EventType } from '@clearlot/proto/events';
import { events } from '@clearlot/proto/events';
import {
  type Actor,
  createContext,
  createHttpServer,
  createLogger,
  handleDelivery,
  type Outcome,
  openDatabase,
  type Reaction,
  serviceErrors,
  systemActor,
} from '@clearlot/service';
import { paymentsReactions } from '../src/events.ts';
import { paymentsRoutes } from '../src/http.ts';
import type { Account } from '../src/ledger/store.ts';
import { accountsOf } from '../src/ledger/store.ts';
import { type PaymentWithWires, paymentsOfDeal } from '../src/payments/store.ts';

export const bank = {
  bankName: 'Test Bank',
  accountName: 'Test Escrow',
  accountNumber: '1',
  routingNumber: '2',
  swift: 'TESTUS00',
};

export const operator: Actor = { kind: 'user', id: newId(), roles: ['operator'], sessionId: newId() };
const system = systemActor('payments.test');

/** A deal about to be funded: who buys for how much (minor units), who sells to whom. */
export interface Deal {
  dealId: string;
  currency: string;
  buyers: { commitmentId: string; buyerId: string; amountMinor: bigint }[];
  sellers: { participationId: string; sellerId: string }[];
}

/** An order that is paid through escrow; minor units. */
export interface Order {
  orderId: string;
  currency: string;
  buyerId: string;
  amountMinor: bigint;
}

export function newOrder(amountMinor: bigint, currency = 'USD'): Order {
  return { orderId: newId(), currency, buyerId: newId(), amountMinor };
}

/** What a delivery of an order settles. */
export interface Part {
  deliveryId: string;
  payeeId: string;
  releaseMinor: bigint;
  refundMinor: bigint;
  final: boolean;
}

export function newPart(releaseMinor: bigint, refundMinor = 0n, final = false): Part {
  return { deliveryId: newId(), payeeId: newId(), releaseMinor, refundMinor, final };
}

export function newDeal(amounts: readonly bigint[], sellers = 1, currency = 'USD'): Deal {
  return {
    dealId: newId(),
    currency,
    buyers: amounts.map((amountMinor) => ({ commitmentId: newId(), buyerId: newId(), amountMinor })),
    sellers: Array.from({ length: sellers }, () => ({ participationId: newId(), sellerId: newId() })),
  };
}

/** Each buyer's amount in equal parts for every seller, the rest for the first. */
export function itemsOf(deal: Deal) {
  const count = BigInt(deal.sellers.length);
  return deal.buyers.flatMap(({ commitmentId, amountMinor }) =>
    deal.sellers
      .map(({ participationId, sellerId }, index) => ({
        commitmentId,
        participationId,
        sellerId,
        amountMinor: amountMinor / count + (index === 0 ? amountMinor % count : 0n),
      }))
      .filter((item) => item.amountMinor > 0n),
  );
}

/** The service without its network: its actions, reactions and routes on one database. */
export async function createWorld(appUrl: string) {
  const sql = openDatabase(appUrl, { max: 10 });
  const log = createLogger('payments', 'silent');
  const parts = { service: 'payments', sql, clients: {}, clock: systemClock, log, kick() {} };
  const people = new Map<string, Actor>([['operator', operator]]);
  const state = { sessionsAlive: true };
  const http = await createHttpServer({
    parts,
    routes: paymentsRoutes(bank),
    tokens: {
      async verify(token) {
        const actor = people.get(token) ?? { kind: 'user', id: token, roles: ['buyer'], sessionId: token };
        return actor;
      },
    },
    async requireLiveSession() {
      if (!state.sessionsAlive) throw serviceErrors.error('SESSION_REVOKED');
    },
  });
  const reactions = new Map(paymentsReactions(bank).map((each) => [each.type.subject, each as Reaction<unknown>]));
  const versions = new Map<string, bigint>();

  /** Delivers a fact as the bus would; the message can be repeated with `messageId` and `version`. */
  async function deliver<T>(
    type: EventType<T>,
    dealId: string,
    payload: T,
    again?: { messageId: string; version: bigint },
  ): Promise<Outcome> {
    const version = again?.version ?? (versions.get(dealId) ?? 0n) + 1n;
    const [area, aggregate] = type.subject.split('.');
    const outcome = await handleDelivery(parts, `payments__${area}_${aggregate}`, reactions, {
      messageId: again?.messageId ?? newId(),
      subject: type.subject,
      aggregateId: dealId,
      version,
      occurredAt: new Date(),
      payload: type.codec.encode(payload).finish(),
      traceparent: undefined,
    });
    versions.set(dealId, version);
    return outcome;
  }

  return {
    sql,
    http,
    state,
    as: (actor: Actor) => createContext(parts, actor),
    deliver,
    fund: (deal: Deal) =>
      deliver(events.fundingRequested, deal.dealId, {
        dealId: deal.dealId,
        settlementId: newId(),
        dealName: 'Test deal',
        currency: deal.currency,
        items: deal.buyers,
      }),
    release: (deal: Deal, items = itemsOf(deal)) =>
      deliver(events.releaseRequested, deal.dealId, {
        dealId: deal.dealId,
        settlementId: newId(),
        currency: deal.currency,
        items,
      }),
    cancel: (deal: Deal) =>
      deliver(events.settlementCancelled, deal.dealId, {
        dealId: deal.dealId,
        settlementId: newId(),
        reason: 'called off',
      }),
    fundOrder: ({ orderId, buyerId, currency, amountMinor }: Order) =>
      deliver(events.orderFundingRequested, orderId, {
        ...{ orderId, buyerId, currency, amountMinor },
        orderName: 'Battery-grade carbonate',
      }),
    settlePart: ({ orderId, currency }: Order, part: Part) =>
      deliver(events.orderReleaseRequested, orderId, { orderId, currency, ...part }),
    cancelOrder: ({ orderId }: Order) => deliver(events.orderCancelled, orderId, { orderId, reason: 'called off' }),
    payments: (dealId: string): Promise<PaymentWithWires[]> =>
      createContext(parts, system).read((work) => paymentsOfDeal(work, dealId)),
    accounts: (dealId: string): Promise<Account[]> =>
      createContext(parts, system).read((work) => accountsOf(work.sql, dealId)),
    /** The facts published of a deal, in order, by subject. */
    async published(dealId: string): Promise<string[]> {
      const rows = await createContext(parts, system).read(
        (work) => work.sql<{ subject: string }[]>`select subject from outbox
          where aggregate_id = ${`payments.escrow:${dealId}`} order by version`,
      );
      return rows.map((row) => row.subject);
    },
    /** What was said of the parts of an order, in order. */
    async settledParts(orderId: string) {
      const rows = await createContext(parts, system).read(
        (work) => work.sql<{ payload: Buffer }[]>`select payload from outbox
          where aggregate_id = ${`payments.escrow:${orderId}`} and subject = ${events.partReleased.subject} order by version`,
      );
      return rows.map((row) => events.partReleased.codec.decode(row.payload));
    },
    /** What people were told: template and data. */
    async told(userId: string) {
      const rows = await createContext(parts, system).read(
        (work) => work.sql<{ payload: Buffer }[]>`select payload from outbox
          where subject = 'payments.notification.requested.v1' order by id`,
      );
      return rows
        .map((row) => events.notification.payments.codec.decode(row.payload))
        .filter((message) => message.userId === userId);
    },
    /** POST as the operator, or as somebody else. */
    async confirm(paymentId: string, body: object, headers: Record<string, string> = {}) {
      const response = await http.inject({
        method: 'POST',
        url: `/api/admin/payments/${paymentId}/confirm`,
        headers: { authorization: 'Bearer operator', ...headers },
        payload: body,
      });
      return { status: response.statusCode, body: response.json(), headers: response.headers };
    },
    async get(url: string, token = 'operator') {
      const response = await http.inject({ method: 'GET', url, headers: { authorization: `Bearer ${token}` } });
      return { status: response.statusCode, body: response.json() };
    },
    async close() {
      await http.close();
      await sql.end({ timeout: 5 });
    },
  };
}

export type World = Awaited<ReturnType<typeof createWorld>>;
