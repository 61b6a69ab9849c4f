import type { Fraction } from '@clearlot/kernel';
import type { ListOffersResponse } from '@clearlot/proto/marketplace/v1/marketplace';
import type { Work } from '@clearlot/service';
import type { Ctx } from '../clients.ts';
import type { Given } from '../conversion/conversion.ts';
import { basisIn, dayOf } from '../conversion/figures.ts';
import { loadRates } from '../conversion/store.ts';
import { findInstrument, listInstruments } from '../instruments/store.ts';
import type { InstrumentRow } from '../instruments/tables.ts';
import { latestFigures, type Quote } from '../observations/latest-figures.ts';
import {
  carbonateEquivalentPrice,
  isBenchmarkOf,
  premiumPercent,
  type Ranked,
  type Restatement,
  rankOffers,
  restate,
} from './offer.ts';
import { type Offer, type OfferedLine, readOffers } from './read-offers.ts';

/** An offer beside an instrument's newest figures. */
export interface MarketComparison {
  instrumentId: string;
  restatement: Restatement;
  /** One for each figure; none where the offer stands apart. */
  premiums: { observationId: bigint; sourceId: string; percent: Fraction }[];
}

export type ComparedOffer = Ranked<Offer> & { carbonateEquivalent: Restatement; comparisons: MarketComparison[] };

export interface ComparedLine extends Omit<OfferedLine, 'offers'> {
  offers: ComparedOffer[];
  /** Newest figures that may be shown, of the instruments the offers are held against. */
  market: Quote[];
}

export interface ComparedOffers {
  rfq: Omit<ListOffersResponse, 'lines' | 'responses'>;
  /** The instant the prices were compared, by rates of its day. */
  at: Date;
  lines: ComparedLine[];
}

/** As everywhere that does not ask for another one. */
const fxAgeDaysMax = 7;
/** Of one product and grade. */
const instrumentsMax = 200;

/**
 * The offers of an RFQ that the actor may see, ranked by line in one basis (the RFQ's own, or a chosen instrument's) and held
 * against newest figures: the chosen instrument's, or those of every instrument an offer of the line differs from only in how
 * it is stated. Errors: MARKETPLACE_RFQ_NOT_FOUND, MARKETPLACE_RESPONSES_SEALED, MARKET_INSTRUMENT_NOT_FOUND.
 */
export async function compareOffers(
  ctx: Ctx,
  { rfqId, convertTo }: { rfqId: string; convertTo?: string | undefined },
): Promise<ComparedOffers> {
  const answer = await ctx.clients.marketplace.listOffers({ rfqId, userId: ctx.actor.id });
  const at = ctx.clock.now();
  const offered = readOffers(answer, at);
  const { chosen, instruments, given } = await readMarket(ctx, offered, { convertTo, currency: answer.currency, at });
  const markets = offered.map((line) =>
    chosen ? [chosen] : instruments.filter((to) => line.offers.some((offer) => isBenchmarkOf(offer, to))),
  );
  const quotes = await shownFigures(ctx, [...new Set(markets.flat())]);
  const lines = offered.map((line, index) => {
    const market = (markets[index] ?? []).flatMap(({ instrumentId }) => quotes.get(instrumentId) ?? []);
    const basis = chosen ? basisIn(chosen) : line.basis;
    const offers = rankOffers(line.offers, basis, given).map((ranked) => besideMarket(ranked, market, given));
    return { ...line, basis, offers, market };
  });
  const { title, currency, incoterm, place, destinationCountry } = answer;
  return { rfq: { rfqId, title, currency, incoterm, place, destinationCountry }, at, lines };
}

/** The instruments that lines may be held against, and the rates of the day. */
async function readMarket(
  ctx: Ctx,
  lines: readonly OfferedLine[],
  { convertTo, currency, at }: { convertTo: string | undefined; currency: string; at: Date },
): Promise<{ chosen: InstrumentRow | undefined; instruments: InstrumentRow[]; given: Given }> {
  return ctx.read(async (work) => {
    const chosen = convertTo === undefined ? undefined : await findInstrument(work, convertTo);
    const instruments = chosen ? [chosen] : await instrumentsOf(work, lines);
    const on = dayOf(at);
    const rates = await loadRates(work, {
      currencies: [currency, ...instruments.map((each) => each.currency)],
      countries: instruments.map(({ region }) => region),
      days: [on],
    });
    return { chosen, instruments, given: { on, ...rates, fxAgeDaysMax, allowStale: false } };
  });
}

async function instrumentsOf(work: Pick<Work, 'db'>, lines: readonly OfferedLine[]): Promise<InstrumentRow[]> {
  const goods = new Map(
    lines.flatMap(({ basis }) => (basis ? [[`${basis.product} ${basis.grade}`, basis] as const] : [])),
  );
  const found = await Promise.all(
    [...goods.values()].map(({ product, grade }) => listInstruments(work, { product, grade, limit: instrumentsMax })),
  );
  return found.flat();
}

/** Newest figures by instrument, without those that may not be shown. */
async function shownFigures(ctx: Ctx, instruments: readonly InstrumentRow[]): Promise<Map<string, Quote>> {
  const ids = instruments.map(({ instrumentId }) => instrumentId);
  const quotes = await latestFigures(ctx, ids);
  return new Map(
    quotes.map(({ instrument, figures }) => [
      instrument.instrumentId,
      { instrument, figures: figures.filter(({ latest }) => latest.licence.display) },
    ]),
  );
}

function besideMarket(ranked: Ranked<Offer>, market: readonly Quote[], given: Given): ComparedOffer {
  const { offer } = ranked;
  const comparisons = market.map(({ instrument, figures }) => {
    const restatement = restate(offer, basisIn(instrument), given);
    const { restated } = restatement;
    const premiums = figures.flatMap(({ latest: { observationId, sourceId, midMicros } }) =>
      restated ? [{ observationId, sourceId, percent: premiumPercent(restated, basisIn(instrument), midMicros) }] : [],
    );
    return { instrumentId: instrument.instrumentId, restatement, premiums };
  });
  return { ...ranked, carbonateEquivalent: carbonateEquivalentPrice(offer, given), comparisons };
}
