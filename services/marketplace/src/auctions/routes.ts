import { moneyToJson } from '@clearlot/kernel';
import { pageOf, pageQuery, type Route, readCursor, route, signedIn, toPage } from '@clearlot/service';
import { z } from 'zod';
import type { Clients, Ctx } from '../clients.ts';
import { idParams, money, moneyOut } from '../shapes.ts';
import { confirmAward, declineAward } from './answer-award.ts';
import { cancelAuction } from './cancel-auction.ts';
import { createAuctions } from './create-auctions.ts';
import { joinAuction } from './join-auction.ts';
import { placeBid } from './place-bid.ts';
import { presentAnalytics, presentAuction, presentBid, presentDetail, presentParticipation } from './present.ts';
import { saleInput } from './sale.ts';
import {
  analyticsShape,
  auctionDetailShape,
  auctionShape,
  auctionStatus,
  awardShape,
  format,
  liveShape,
  participationShape,
  placedBidShape,
  updateShape,
} from './shapes.ts';
import {
  catchUpMax,
  exportLog,
  listMyBids,
  readUpdates,
  showAnalytics,
  showAuction,
  showLive,
} from './show-auction.ts';
import { listAuctions, readAuction } from './store.ts';

const parties = { roles: ['buyer', 'supplier'] };
/** The client's own name of a bid: sent again, it is the same bid. */
const key = z.string().regex(/^[\x21-\x7e]{1,100}$/, 'must be 1 to 100 visible characters');
const sequence = z.number().int().min(1).max(Number.MAX_SAFE_INTEGER);
const afterQuery = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const seenPrice = money.optional();

/** A bid as it travels, at every door. */
export const bidInput = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('bid'), key, amount: money, seenPrice }),
  z.strictObject({ type: z.literal('buy_now'), key, seenPrice }),
  z.strictObject({ type: z.literal('stay'), key, round: z.number().int().min(1).max(1_000_000), seenPrice }),
]);

const myBidShape = z.object({
  sequence: z.number(),
  at: z.string(),
  type: z.enum(['bid', 'buy_now', 'stay', 'retract']),
  key: z.string(),
  /** The limit you gave; nobody else sees it before the auction is over. */
  amount: moneyOut.nullable(),
  outcome: z.enum(['accepted', 'refused']),
  code: z.string().nullable(),
  hash: z.string(),
});

export const auctionRoutes: Route<Clients>[] = [
  route({
    method: 'POST',
    path: '/api/auctions',
    access: parties,
    summary: 'Announce a sale: one or more lots under the rules of one format',
    status: 201,
    body: saleInput,
    response: z.object({ saleId: z.string(), auctions: z.array(auctionShape) }),
    action: (ctx, { body }) => createAuctions(ctx, body),
    present: (rows) => ({ saleId: rows[0]?.saleId ?? '', auctions: rows.map(presentAuction) }),
  }),
  route({
    method: 'GET',
    path: '/api/auctions',
    access: 'public',
    summary: 'Auctions, newest first',
    query: pageQuery.extend({
      status: auctionStatus.optional(),
      format: format.optional(),
      saleId: z.uuid().optional(),
      ownerId: z.uuid().optional(),
    }),
    response: pageOf(auctionShape),
    action: async (ctx, { query: { cursor, limit, ...filter } }) => {
      const before = readCursor(cursor);
      return toPage(await ctx.read((work) => listAuctions(work, { ...filter, before, limit: limit + 1 })), limit);
    },
    present: (page) => ({ items: page.items.map(presentAuction), nextCursor: page.nextCursor }),
  }),
  route({
    method: 'GET',
    path: '/api/auctions/:id',
    access: 'public',
    summary: 'An auction: terms, how it stands, and your part in it',
    params: idParams,
    response: auctionDetailShape,
    action: (ctx, { params }) => showAuction(ctx, params.id),
    present: presentDetail,
  }),
  route({
    method: 'GET',
    path: '/api/auctions/:id/live',
    access: 'public',
    summary: 'How an auction stands now, and what led there from an entry on',
    params: idParams,
    query: z.object({ after: afterQuery.optional() }),
    response: z.object({ state: liveShape, updates: z.array(updateShape).nullable(), serverTime: z.string() }),
    action: async (ctx: Ctx, { params, query }) => {
      const live = await showLive(ctx, params.id, query.after);
      return { ...live, serverTime: ctx.clock.now().toISOString() };
    },
    present: (live) => live,
  }),
  route({
    method: 'GET',
    path: '/api/auctions/:id/bids',
    access: 'public',
    summary: 'The history of an auction in order, bidders by their number',
    params: idParams,
    query: z.object({
      after: afterQuery.default(0),
      limit: z.coerce.number().int().min(1).max(catchUpMax).default(200),
    }),
    response: z.object({ items: z.array(updateShape), nextAfter: z.number().nullable() }),
    action: async (ctx, { params, query }) => {
      await ctx.read((work) => readAuction(work, params.id));
      const items = await readUpdates(ctx, params.id, query.after, query.limit);
      return { items, nextAfter: items.length === query.limit ? (items.at(-1)?.sequence ?? null) : null };
    },
    present: (page) => page,
  }),
  route({
    method: 'GET',
    path: '/api/auctions/:id/bids/mine',
    access: signedIn,
    summary: 'Your bids with your limits, newest first',
    params: idParams,
    query: z.object({
      before: sequence.default(Number.MAX_SAFE_INTEGER),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    response: z.object({ items: z.array(myBidShape) }),
    action: async (ctx, { params, query }) => {
      const { currency } = await ctx.read((work) => readAuction(work, params.id));
      return { currency, entries: await listMyBids(ctx, params.id, query.before, query.limit) };
    },
    present: ({ currency, entries }) => ({
      items: entries.flatMap(({ sequence: at, command, decision, hash, at: time }) => {
        if (command.type === 'advance') return [];
        const { outcome } = decision;
        const amount = command.type === 'bid' ? moneyToJson(BigInt(command.amountMinor), currency) : null;
        const code = decision.outcome === 'refused' ? decision.code : null;
        return [{ sequence: at, at: time, type: command.type, key: command.key, amount, outcome, code, hash }];
      }),
    }),
  }),
  route({
    method: 'POST',
    path: '/api/auctions/:id/participations',
    access: parties,
    summary: 'Join an auction: your deposit is held until it is over',
    status: 201,
    params: idParams,
    body: z
      .strictObject({ answers: z.record(z.string().max(60), z.string().max(60)).default({}) })
      .default({ answers: {} }),
    response: participationShape,
    // Joining again answers the same by itself; it is several transactions, as payments is asked in between.
    idempotent: false,
    action: async (ctx, { params, body }) => {
      const participant = await joinAuction(ctx, { auctionId: params.id, answers: body.answers });
      return { participant, auction: await ctx.read((work) => readAuction(work, params.id)) };
    },
    present: ({ auction, participant }) => presentParticipation(auction, participant),
  }),
  route({
    method: 'POST',
    path: '/api/auctions/:id/bids',
    access: signedIn,
    summary: 'Bid up to a limit, buy at once, or stay in a round',
    status: 201,
    params: idParams,
    body: bidInput,
    response: placedBidShape,
    // The bid's own key does it, at every door and after a change of the writer.
    idempotent: false,
    action: (ctx, { params, body }) => placeBid(ctx, params.id, body),
    present: presentBid,
  }),
  route({
    method: 'POST',
    path: '/api/auctions/:id/retractions',
    access: signedIn,
    summary: 'Take your last bid back, where and while the rules allow it',
    status: 201,
    params: idParams,
    body: z.strictObject({ key, bidSequence: sequence }),
    response: placedBidShape,
    // As with bids.
    idempotent: false,
    action: (ctx, { params, body }) => placeBid(ctx, params.id, { type: 'retract', ...body }),
    present: presentBid,
  }),
  route({
    method: 'POST',
    path: '/api/auctions/:id/cancel',
    access: parties,
    summary: 'Call an auction off before anybody has bid',
    params: idParams,
    response: auctionShape,
    action: (ctx, { params }) => cancelAuction(ctx, params.id),
    present: presentAuction,
  }),
  route({
    method: 'POST',
    path: '/api/auctions/:id/award/confirm',
    access: parties,
    summary: 'Confirm the lot that is offered to you; it becomes an order',
    params: idParams,
    response: awardShape.pick({ awardId: true, rank: true, status: true, orderId: true }),
    action: (ctx, { params }) => confirmAward(ctx, params.id),
    present: ({ id: awardId, rank, status, orderId }) => ({ awardId, rank, status, orderId }),
  }),
  route({
    method: 'POST',
    path: '/api/auctions/:id/award/decline',
    access: parties,
    summary: 'Decline the lot that is offered to you; the winner loses the deposit',
    params: idParams,
    response: awardShape.pick({ awardId: true, rank: true, status: true, orderId: true }),
    action: (ctx, { params }) => declineAward(ctx, params.id),
    present: ({ id: awardId, rank, status, orderId }) => ({ awardId, rank, status, orderId }),
  }),
  route({
    method: 'GET',
    path: '/api/auctions/:id/analytics',
    access: 'public',
    summary: 'How an auction that is over went: prices, bidders, refusals, extensions',
    params: idParams,
    response: analyticsShape,
    action: (ctx, { params }) => showAnalytics(ctx, params.id),
    present: presentAnalytics,
  }),
  route({
    method: 'GET',
    path: '/api/auctions/:id/log',
    access: signedIn,
    summary: 'The whole log of an auction that is over, to be checked by anybody who has it',
    params: idParams,
    response: z.object({
      auctionId: z.string(),
      headHash: z.string(),
      terms: z.unknown(),
      entries: z.array(z.unknown()),
    }),
    action: (ctx, { params }) => exportLog(ctx, params.id),
    present: ({ auction, terms, entries }) => ({ auctionId: auction.id, headHash: auction.headHash, terms, entries }),
  }),
];
