import { currencyDigits } from '@clearlot/kernel';
import type { AuctionStatusChanged, ContractRequested } from '@clearlot/proto/marketplace/v1/events';
import type { Basis, Product } from '../instruments/instrument.ts';
import { basisShape } from '../instruments/shapes.ts';
import type { TradeRow } from './tables.ts';

/** A trade on the platform: one line of a contract or one lot. Micros per tonne. */
export type Trade = Omit<TradeRow, 'receivedAt' | 'windowStart' | 'windowEnd' | 'status' | 'decidedAt'>;

type Priced = Pick<Trade, 'product' | 'grade' | 'incoterm' | 'currency' | 'unit'>;

/** What one unit of a trade's price is for. Trades say neither form nor region, and marketplace's prices carry no tax. */
export function basisOf({ product, grade, incoterm, currency, unit }: Priced): Basis {
  const unsaid = { form: 'any', region: 'GLOBAL', taxBasis: 'excluding_vat' } as const;
  return { product, grade, incoterm, currency, unit, ...unsaid };
}

/** The lines of a contract that have a price of ours. */
export function tradesOfContract(event: ContractRequested, tradedAt: Date): Trade[] {
  const { contractId, buyerId, sellerId, incoterm, currency } = event;
  return event.lines.flatMap(({ lineId, ...line }) =>
    priced({
      ...{ tradeId: `${contractId}/${lineId}`, contractId, buyerId, sellerId, tradedAt },
      ...{ ...line, incoterm, currency },
    }),
  );
}

/** Formats in which the owner buys and the winner sells. */
const buyingFormats = ['reverse', 'meat_rounds'];

/** The lot of an auction that sold it; none otherwise, nor where the auction does not say on which terms. */
export function tradesOfAuction(event: AuctionStatusChanged): Trade[] {
  const { auctionId, ownerId, winnerId, priceMinorPerTonne, incoterm, at: tradedAt } = event;
  if (event.status !== 'closed' || !winnerId || priceMinorPerTonne === undefined || !tradedAt) return [];
  const [buyerId, sellerId] = buyingFormats.includes(event.format) ? [ownerId, winnerId] : [winnerId, ownerId];
  const { productType, grade, basis, quantityKg, currency } = event;
  return priced({
    ...{ tradeId: auctionId, contractId: null, buyerId, sellerId, tradedAt },
    ...{ productType, grade, basis, quantityKg, priceMinorPerTonne, incoterm, currency },
  });
}

interface Stated extends Pick<Trade, 'tradeId' | 'contractId' | 'buyerId' | 'sellerId' | 'tradedAt'> {
  productType: string;
  grade: string;
  basis: string | undefined;
  quantityKg: bigint;
  priceMinorPerTonne: bigint;
  incoterm: string | undefined;
  currency: string;
}

/** The highest price an observation has. */
const priceMicrosMax = 10n ** 15n;

/** Products of the marketplace that have no price of ours, such as brine, are kept out. */
function priced({ productType, basis: massBasis, priceMinorPerTonne, ...stated }: Stated): Trade[] {
  const { tradeId, contractId, buyerId, sellerId, tradedAt, quantityKg } = stated;
  const unit = unitOf(productType, massBasis);
  const read = basisShape.pick({ product: true, grade: true, incoterm: true, currency: true, unit: true });
  const { data } = read.safeParse({ ...stated, product: productType, unit });
  if (!data || quantityKg <= 0n) return [];
  const priceMicros = priceMinorPerTonne * 10n ** BigInt(6 - currencyDigits(data.currency));
  if (priceMicros <= 0n || priceMicros > priceMicrosMax) return [];
  return [{ tradeId, contractId, buyerId, sellerId, tradedAt, quantityKg, priceMicros, ...data }];
}

/** Ore is priced by its dry or its wet tonne; of what is nearly pure a tonne is a tonne. */
export function unitOf(productType: string, massBasis: string | undefined): Basis['unit'] | undefined {
  if (productType !== ('spodumene_concentrate' satisfies Product)) return 't';
  return massBasis === 'dry' ? 'dmt' : massBasis === 'wet' ? 'wmt' : undefined;
}

const productTitles: Record<Product, string> = {
  lithium_carbonate: 'Lithium carbonate',
  lithium_hydroxide_monohydrate: 'Lithium hydroxide monohydrate',
  lithium_hydroxide_anhydrous: 'Lithium hydroxide, anhydrous',
  lithium_oxide: 'Lithium oxide',
  lithium_chloride: 'Lithium chloride',
  lithium_metal: 'Lithium metal',
  spodumene_concentrate: 'Spodumene concentrate',
};

/** What the instrument of a trade is called. */
export function nameOf({ product, grade, incoterm, currency, unit }: Basis): string {
  const of = grade === 'concentrate' ? '' : `, ${grade} grade`;
  return `${productTitles[product]}${of}, ${incoterm} worldwide, ${currency} per ${unit}`;
}
