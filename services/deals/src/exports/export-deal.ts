import { formatMoney } from '@clearlot/kernel';
import type { Ctx } from '../clients.ts';
import { listCommitments } from '../commitments/store.ts';
import { findDeal } from '../deals/store.ts';
import { listParticipations } from '../participations/store.ts';
import { listAgreements } from '../settlement/store.ts';

/** A register as rows of text, the first the headings. Amounts are decimals in the deal's currency. */
export type Register = string[][];

/** Everybody with a part in the deal. Errors: DEALS_DEAL_NOT_FOUND. */
export async function exportParticipants(ctx: Ctx, dealId: string): Promise<Register> {
  const { deal, sells, buys } = await ctx.read(async (work) => {
    const { deal } = await findDeal(work, dealId);
    const [sells, buys] = await Promise.all([listParticipations(work, { dealId }), listCommitments(work, { dealId })]);
    return { deal, sells, buys };
  });
  const name = await legalNames(ctx, [...sells.map((row) => row.sellerId), ...buys.map((row) => row.buyerId)]);
  const amount = (minor: bigint) => formatMoney(minor, deal.currency);
  return [
    [
      'role',
      'userId',
      'name',
      'id',
      'status',
      'shares',
      'amount',
      'currency',
      'allocatedShares',
      'allocatedAmount',
      'submittedAt',
    ],
    ...sells.map((row) => [
      'seller',
      row.sellerId,
      name(row.sellerId),
      row.id,
      row.status,
      row.requestedShares.toString(),
      '',
      deal.currency,
      row.allocatedShares.toString(),
      amount(row.proceedsMinor),
      row.submittedAt.toISOString(),
    ]),
    ...buys.map((row) => [
      'buyer',
      row.buyerId,
      name(row.buyerId),
      row.id,
      row.status,
      '',
      amount(row.amountMinor),
      deal.currency,
      row.allocatedShares.toString(),
      amount(row.allocatedMinor),
      row.submittedAt.toISOString(),
    ]),
  ];
}

/** Who buys how many shares of whom: the agreements. Errors: DEALS_DEAL_NOT_FOUND. */
export async function exportAllocations(ctx: Ctx, dealId: string): Promise<Register> {
  const { deal, agreements } = await ctx.read(async (work) => {
    const { deal } = await findDeal(work, dealId);
    return { deal, agreements: await listAgreements(work, dealId) };
  });
  const name = await legalNames(
    ctx,
    agreements.flatMap((row) => [row.sellerId, row.buyerId]),
  );
  const amount = (minor: bigint) => formatMoney(minor, deal.currency);
  return [
    [
      'agreementId',
      'sellerId',
      'seller',
      'buyerId',
      'buyer',
      'shareType',
      'shares',
      'price',
      'amount',
      'currency',
      'sellerSignedAt',
      'buyerSignedAt',
    ],
    ...agreements.map((row) => [
      row.id,
      row.sellerId,
      name(row.sellerId),
      row.buyerId,
      name(row.buyerId),
      row.shareType,
      row.shares.toString(),
      amount(deal.priceMinor ?? 0n),
      amount(row.amountMinor),
      deal.currency,
      row.sellerSignedAt?.toISOString() ?? '',
      row.buyerSignedAt?.toISOString() ?? '',
    ]),
  ];
}

/** Every wire in and out of the deal's escrow, for reconciliation. Errors: DEALS_DEAL_NOT_FOUND. */
export async function exportPayments(ctx: Ctx, dealId: string): Promise<Register> {
  await ctx.read((work) => findDeal(work, dealId));
  const { payments } = await ctx.clients.payments.listDealPayments({ dealId });
  const name = await legalNames(
    ctx,
    payments.map((row) => row.userId),
  );
  const header = [
    'paymentId',
    'type',
    'purpose',
    'userId',
    'name',
    'status',
    'reference',
    'amount',
    'confirmedAmount',
    'currency',
    'wireReference',
    'wireAmount',
    'wireMatch',
    'receivedAt',
  ];
  return [
    header,
    ...payments.flatMap((row) => {
      const payment = [
        row.paymentId,
        row.type,
        row.purpose,
        row.userId,
        name(row.userId),
        row.status,
        row.reference,
        formatMoney(row.amountMinor, row.currency),
        formatMoney(row.confirmedMinor, row.currency),
        row.currency,
      ];
      if (row.wires.length === 0) return [[...payment, '', '', '', '']];
      return row.wires.map((wire) => [
        ...payment,
        wire.wireReference,
        formatMoney(wire.amountMinor, row.currency),
        wire.match,
        wire.receivedAt?.toISOString() ?? '',
      ]);
    }),
  ];
}

async function legalNames(ctx: Ctx, userIds: string[]): Promise<(userId: string) => string> {
  const { names } = await ctx.clients.identity.getLegalNames({ userIds: [...new Set(userIds)] });
  return (userId) => names[userId] ?? '';
}
