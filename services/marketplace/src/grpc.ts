import { isId, sumBigint } from '@clearlot/kernel';
import {
  type Auction as AuctionMessage,
  type ListOffersResponse,
  type MarketplaceServiceServer,
  MarketplaceServiceService,
  type OpenedResponse as OpenedResponseMessage,
  type Order as OrderMessage,
  type Rfq as RfqMessage,
} from '@clearlot/proto/marketplace/v1/marketplace';
import { readCursor, rpcs, serviceErrors, signedIn, toPage } from '@clearlot/service';
import type { z } from 'zod';
import { placeBid } from './auctions/place-bid.ts';
import { presentBid } from './auctions/present.ts';
import { bidInput } from './auctions/routes.ts';
import { auctionStatus } from './auctions/shapes.ts';
import { listAuctions } from './auctions/store.ts';
import type { Auction } from './auctions/tables.ts';
import { watchAuction } from './auctions/watch-auction.ts';
import type { Clients } from './clients.ts';
import type { OpenedResponse } from './evaluation/evaluation.ts';
import { listOffers, type SeenOffers } from './evaluation/list-offers.ts';
import { orderStatus } from './orders/present-order.ts';
import { listOrders, readOrder } from './orders/store.ts';
import type { Delivery, Order } from './orders/tables.ts';
import { responseContent } from './responses/content.ts';
import { submitResponse } from './responses/submit-response.ts';
import { withdrawResponse } from './responses/withdraw-response.ts';
import { asSent } from './rfqs/as-sent.ts';
import { rfqStatus } from './rfqs/shapes.ts';
import { findRfq, listRfqs } from './rfqs/store.ts';
import type { Rfq } from './rfqs/tables.ts';

const content = asSent(responseContent);

/** Door 2: partner systems of suppliers and buyers, under the same rules as people. */
export const marketplaceRpcs = rpcs<MarketplaceServiceServer, Clients>(MarketplaceServiceService, {
  listRfqs: {
    access: { roles: ['*'] },
    action: async (ctx, request) => {
      const page = pageOf(request);
      const status = statusOf(rfqStatus, request.status);
      const { items, nextCursor } = await ctx.read(async (work) => {
        const rows = await listRfqs(work, { status, before: page.before, limit: page.limit + 1 });
        const { items, nextCursor } = toPage(rows, page.limit);
        return { items: await Promise.all(items.map(({ id }) => findRfq(work, id))), nextCursor };
      });
      return { rfqs: items.map(({ rfq, termsJson }) => toRfq(rfq, termsJson)), nextCursor: nextCursor ?? '' };
    },
  },
  getRfq: {
    access: { roles: ['*'] },
    action: async (ctx, { rfqId }) => {
      const { rfq, termsJson } = await ctx.read((work) => findRfq(work, rfqId));
      return { rfq: toRfq(rfq, termsJson) };
    },
  },
  submitResponse: {
    access: { roles: ['supplier'] },
    action: async (ctx, { rfqId, rfqVersion, contentJson }) => {
      const { response } = await submitResponse(ctx, {
        rfqId,
        rfqVersion,
        content: readJson(content, contentJson, 'The content'),
      });
      return {
        responseId: response.id,
        version: response.version,
        contentSha256: response.contentSha256.toString('hex'),
        receipt: response.receipt,
      };
    },
  },
  withdrawResponse: {
    access: { roles: ['supplier'] },
    action: async (ctx, { rfqId }) => ({ responseId: (await withdrawResponse(ctx, rfqId)).id }),
  },
  listOrders: {
    access: { roles: ['*'] },
    action: async (ctx, request) => {
      const page = pageOf(request);
      const status = statusOf(orderStatus, request.status);
      const filter = { partyId: ctx.actor.id, status, before: page.before, limit: page.limit + 1 };
      const { items, nextCursor } = toPage(await ctx.read((work) => listOrders(work, filter)), page.limit);
      return { orders: items.map((order) => toOrder(order, [])), nextCursor: nextCursor ?? '' };
    },
  },
  getOrder: {
    access: { roles: ['*'] },
    action: async (ctx, { orderId }) => {
      const { order, deliveries } = await ctx.read((work) => readOrder(work, orderId));
      return { order: toOrder(order, deliveries) };
    },
  },
  listAuctions: {
    access: 'public',
    action: async (ctx, request) => {
      const page = pageOf(request);
      const filter = { status: statusOf(auctionStatus, request.status), before: page.before, limit: page.limit + 1 };
      const { items, nextCursor } = toPage(await ctx.read((work) => listAuctions(work, filter)), page.limit);
      return { auctions: items.map(toAuction), nextCursor: nextCursor ?? '' };
    },
  },
  placeBid: {
    access: signedIn,
    action: async (ctx, { auctionId, bidJson }) => {
      const bid = await placeBid(ctx, idOf(auctionId), readJson(bidInput, bidJson, 'The bid'));
      const { sequence, at, hash, receipt, leading } = bid;
      const afterJson = JSON.stringify(presentBid(bid));
      return { sequence: BigInt(sequence), at: new Date(at), hash, receipt, leading, afterJson };
    },
  },
  watchAuction: {
    access: 'public',
    action: (ctx, { auctionId, after }) => watchAuction(ctx, idOf(auctionId), Number(after)),
  },
  listOffers: {
    access: { services: ['market-data'] },
    action: async (ctx, { rfqId, userId }) =>
      toOffers(await listOffers(ctx, { rfqId: idOf(rfqId), userId: idOf(userId) })),
  },
});

function pageOf({ limit, cursor }: { limit: number; cursor: string }): { limit: number; before: string | undefined } {
  if (limit < 0 || limit > 200) throw serviceErrors.error('REQUEST_INVALID', 'The limit is 1 to 200.');
  return { limit: limit || 50, before: readCursor(cursor || undefined) };
}

function statusOf<S extends z.ZodType>(shape: S, status: string | undefined): z.output<S> | undefined {
  if (status === undefined) return undefined;
  const read = shape.safeParse(status);
  if (!read.success) throw serviceErrors.error('REQUEST_INVALID', 'There is no such status.');
  return read.data;
}

/** Errors: REQUEST_INVALID with a pointer to each field at fault. */
function readJson<S extends z.ZodType>(shape: S, json: string, what: string): z.output<S> {
  let sent: unknown;
  try {
    sent = JSON.parse(json);
  } catch {
    throw serviceErrors.error('REQUEST_INVALID', `${what} is not JSON.`);
  }
  const read = shape.safeParse(sent);
  if (read.success) return read.data;
  const errors = read.error.issues.map(({ path, message }) => ({ pointer: `/${path.join('/')}`, message }));
  throw serviceErrors.error('REQUEST_INVALID', undefined, errors);
}

/** Errors: REQUEST_INVALID. */
function idOf(id: string): string {
  if (!isId(id)) throw serviceErrors.error('REQUEST_INVALID', 'It is named by a UUID in lower case.');
  return id;
}

function toAuction(row: Auction): AuctionMessage {
  const { id: auctionId, saleId, lot, title, format, status, currency, quantityKg, opensAt, closesAt, live } = row;
  const liveJson = JSON.stringify(live);
  return { auctionId, saleId, lot, title, format, status, currency, quantityKg, opensAt, closesAt, liveJson };
}

function toOffers({ rfq, terms, responses, names }: SeenOffers): ListOffersResponse {
  const { incoterm, place, destinationCountry, lines, otherCosts } = terms;
  return {
    ...{ rfqId: rfq.id, title: rfq.title, currency: rfq.currency, incoterm, place, destinationCountry },
    lines: lines.map(({ lineId, title, productType, grade, basis, quantityKg }) => ({
      ...{ lineId, title, productType, grade, basis, quantityKg: BigInt(quantityKg) },
    })),
    responses: responses.map((each) => toOpenedResponse(each, names.get(each.supplierId) ?? '', otherCosts)),
  };
}

function toOpenedResponse(
  response: OpenedResponse,
  supplierName: string,
  costs: SeenOffers['terms']['otherCosts'],
): OpenedResponseMessage {
  const { responseId, supplierId, submittedAt, stale, problems, kind, validUntil, otherMinor, offers } = response;
  return {
    ...{
      responseId,
      supplierId,
      supplierName,
      kind,
      current: !stale && problems.length === 0,
      submittedAt,
      validUntil,
    },
    fees: costs.flatMap(({ costId, title }) => {
      const minorPerTonne = otherMinor.get(costId);
      return minorPerTonne === undefined ? [] : [{ costId, title, minorPerTonne }];
    }),
    offers: offers.map((offer) => {
      const { offerId, lineId, alternate, quantityKg, minKg, incoterm, originCountry, moisturePpb } = offer;
      const priceMinorPerTonne = offer.priceMinor;
      return {
        offerId,
        lineId,
        alternate,
        quantityKg,
        minKg,
        priceMinorPerTonne,
        incoterm,
        originCountry,
        moisturePpb,
      };
    }),
  };
}

function toRfq({ id, title, status, version, currency, deadlineAt }: Rfq, terms: unknown): RfqMessage {
  return { rfqId: id, title, status, version, currency, deadlineAt, termsJson: JSON.stringify(terms) };
}

function toOrder(order: Order, deliveries: readonly Delivery[]): OrderMessage {
  const { id, title, status, buyerId, supplierId, currency, amountMinor, releasedMinor, refundedMinor } = order;
  return {
    ...{ orderId: id, title, status, buyerId, supplierId, currency, amountMinor, releasedMinor, refundedMinor },
    createdAt: order.createdAt,
    deliveries: deliveries.map((each) => ({
      deliveryId: each.id,
      status: each.status,
      quantityKg: sumBigint(each.items.map((item) => BigInt(item.massKg))),
      carrier: each.carrier,
      tracking: each.tracking,
    })),
  };
}
