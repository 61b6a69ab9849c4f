import { currencyDigits, newId, parseMoney } from '@clearlot/kernel';
import type { Tx } from '@clearlot/service';
import type { Ctx } from '../clients.ts';
import { amountMinor } from '../commodity/commodity.ts';
import { verifiedSupplier } from '../responses/verified-supplier.ts';
import { announceAuction } from './announce.ts';
import { type AuctionState, nextWakeAt } from './auction.ts';
import { auctionErrors } from './errors.ts';
import { openLog } from './log.ts';
import { type Json, toJson } from './log-json.ts';
import { publicState } from './public-view.ts';
import { buyingFormats, type LotInput, type Sale, type SaleInput, termsOf } from './sale.ts';
import { type Auction, auction, auctionTerms } from './tables.ts';
import type { AuctionTerms } from './terms.ts';

/** The most that answers may take off a compared price, parts per million. */
const shareMaxPpm = 900_000;

/**
 * Announces the lots of a sale: a supplier sells, a buyer asks (reverse, rounds of best value). Errors: CURRENCY_UNKNOWN,
 * MONEY_INVALID, MARKETPLACE_SUPPLIER_NOT_VERIFIED, MARKETPLACE_AUCTION_OWNER_ONLY for the wrong role,
 * MARKETPLACE_AUCTION_TERMS_INVALID saying why.
 */
export async function createAuctions(ctx: Ctx, input: SaleInput): Promise<Auction[]> {
  currencyDigits(input.currency);
  const buys = buyingFormats.has(input.rules.format);
  if (!ctx.actor.roles.includes(buys ? 'buyer' : 'supplier')) {
    const who = buys ? 'A buyer asks for offers' : 'A supplier sells';
    throw auctionErrors.error('MARKETPLACE_AUCTION_OWNER_ONLY', `${who} in this format.`);
  }
  const depositMinor = parseMoney(input.deposit, input.currency);
  if (depositMinor < 0n) throw invalid('the deposit is under zero');
  checkCriteria(input);
  return ctx.transaction('CreateAuctions', async (tx) => {
    const supplierId = buys ? null : await verifiedSupplier(tx, ctx.actor.id);
    if (input.opensAt && input.opensAt <= tx.now) throw invalid('it has begun already');
    const sale = { ...input, opensAt: input.opensAt ?? tx.now };
    const saleId = newId();
    const rows = input.lots.map((lot, index) => ({ lot, ...lotOf(tx, sale, lot, index + 1) }));
    const auctions = rows.map(
      ({ lot, state, headHash, terms }, index): Auction => ({
        ...{ id: terms.auctionId, saleId, lot: index + 1, ownerId: ctx.actor.id, supplierId },
        ...{ title: lot.title, description: lot.description, format: terms.format, currency: input.currency },
        ...{ goods: goodsOf(lot), quantityKg: lot.quantityKg, publicTerms: publicTermsOf(terms) },
        ...{ criteria: input.criteria, depositMinor, confirmHours: input.confirmHours },
        ...{ opensAt: terms.opensAt, closesAt: terms.closesAt, status: 'scheduled', sequence: 0n, headHash },
        live: publicState(state, new Map(), { bids: 0, bidders: 0 }),
        ...{ bidders: 0, wakeAt: nextWakeAt(state), writer: null, writerEpoch: 0n, writerUntil: null, settledAt: null },
        createdAt: tx.now,
      }),
    );
    await tx.db.insert(auction).values(auctions);
    await tx.db
      .insert(auctionTerms)
      .values(rows.map(({ terms }) => ({ auctionId: terms.auctionId, ownerId: terms.ownerId, terms: toJson(terms) })));
    for (const row of auctions) {
      announceAuction(tx, row);
      const { title, format, opensAt, closesAt } = row;
      const after = { saleId, title, format, opensAt, closesAt, depositMinor };
      tx.audit({ action: 'auction.scheduled', entityType: 'auction', entityId: row.id, after });
    }
    return auctions;
  });
}

function lotOf(tx: Tx, sale: Sale, lot: LotInput, lotNumber: number) {
  if (lot.deliverTo < lot.deliverFrom) throw invalid('the delivery window ends before it begins');
  const terms = termsOf(sale, lot, { auctionId: newId(), ownerId: tx.actor.id, lotNumber });
  if (amountMinor(lot.quantityKg, terms.startingMinor) <= 0n) throw invalid('the lot is worth nothing');
  const { state, headHash }: { state: AuctionState; headHash: string } = openLog(terms);
  return { terms, state, headHash };
}

function goodsOf(lot: LotInput): Auction['goods'] {
  const { productType, grade, basis, limits, incoterm, place } = lot;
  const [deliverFrom, deliverTo] = [lot.deliverFrom.toISOString(), lot.deliverTo.toISOString()];
  return { productType, grade, basis, limits, incoterm, place, deliverFrom, deliverTo };
}

/** All but the reserve, of which everybody may know that there is one. Minor units as text, instants as ISO text. */
function publicTermsOf(terms: AuctionTerms): Auction['publicTerms'] {
  const { reserveMinor, ...known } = toJson(terms) as Json<AuctionTerms> & { reserveMinor?: string };
  return { ...known, hasReserve: reserveMinor !== undefined };
}

function checkCriteria({ criteria, rules }: SaleInput): void {
  if (criteria.length > 0 && rules.format !== 'meat_rounds') throw invalid('only rounds of best value ask questions');
  const best = criteria.map(({ options }) => Math.max(...options.map((each) => each.sharePpm)));
  if (best.reduce((sum, each) => sum + each, 0) > shareMaxPpm) throw invalid('the best answers take off over 90 %');
  const ids = criteria.map((each) => each.criterionId);
  if (new Set(ids).size < ids.length) throw invalid('a question is there twice');
}

function invalid(why: string) {
  return auctionErrors.error('MARKETPLACE_AUCTION_TERMS_INVALID', `On these terms ${why}.`);
}
