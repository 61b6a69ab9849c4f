import { currencyDigits, fraction } from '@clearlot/kernel';
import type {
  Fee,
  ListOffersResponse,
  Offer as OfferMessage,
  OpenedResponse,
  RfqLine,
} from '@clearlot/proto/marketplace/v1/marketplace';
import { dayOf } from '../conversion/figures.ts';
import { chargesIncluded } from '../conversion/incoterm.ts';
import { type Basis, incoterms } from '../instruments/instrument.ts';
import { basisShape } from '../instruments/shapes.ts';
import { unitOf } from '../trades/platform-trade.ts';
import type { PricedOffer } from './offer.ts';

/** A supplier's offer for a line, as marketplace tells it. */
export interface Offer extends PricedOffer {
  offerId: string;
  responseId: string;
  supplierId: string;
  /** Null where the supplier is not verified any more. */
  supplierName: string | null;
  alternate: boolean;
  /** It is firm, answers the terms as they are now and is still valid; one that is not is a price all the same. */
  standing: { firm: boolean; current: boolean; valid: boolean };
  submittedAt: Date;
  validUntil: Date;
  incoterm: string;
  originCountry: string;
  quantityKg: bigint;
  minKg: bigint;
  /** Per tonne, beside the price and in no comparison. */
  fees: { costId: string; title: string; micros: bigint }[];
}

/** A line of an RFQ with what was offered for it. */
export interface OfferedLine {
  lineId: string;
  title: string;
  quantityKg: bigint;
  massBasis: string;
  /** In which its offers are compared unless another one is chosen; null for what is no product of ours. */
  basis: Basis | null;
  offers: Offer[];
}

type Answer = Pick<ListOffersResponse, 'currency' | 'incoterm' | 'destinationCountry' | 'lines' | 'responses'>;

/** The lines of an answer with their offers, the earliest hand-in first. */
export function readOffers(answer: Answer, now: Date): OfferedLine[] {
  const { currency, incoterm, destinationCountry } = answer;
  return answer.lines.map((line) => {
    const terms = { incoterm, region: destinationCountry, currency };
    // Wet tonnes compare only by their dry matter.
    const asked = basisOf({ ...line, basis: 'dry' }, terms);
    const offers = answer.responses.flatMap((response) =>
      response.offers
        .filter(({ lineId }) => lineId === line.lineId)
        .map((offer) => readOffer(offer, { line, response, destinationCountry, currency, now })),
    );
    const { lineId, title, quantityKg, basis: massBasis } = line;
    return { lineId, title, quantityKg, massBasis, basis: asked ?? null, offers };
  });
}

interface Around {
  line: RfqLine;
  response: OpenedResponse;
  destinationCountry: string;
  currency: string;
  now: Date;
}

function readOffer(offer: OfferMessage, { line, response, destinationCountry, currency, now }: Around): Offer {
  const { offerId, alternate, quantityKg, minKg, incoterm, originCountry, moisturePpb } = offer;
  const { responseId, supplierId, kind, current, fees } = response;
  const [submittedAt, validUntil] = [response.submittedAt ?? now, response.validUntil ?? now];
  const region = isPricedAtDestination(incoterm) ? destinationCountry : originCountry;
  const supplierName = response.supplierName || null;
  const micros = (minor: bigint) => minor * 10n ** BigInt(6 - currencyDigits(currency));
  // An alternate is something else than the line asks for, and nobody states what.
  const basis = alternate ? undefined : basisOf(line, { incoterm, region, currency });
  return {
    ...{ offerId, responseId, supplierId, supplierName, alternate, submittedAt, validUntil },
    ...{ incoterm, originCountry, quantityKg, minKg },
    standing: { firm: kind === 'firm', current, valid: validUntil > now },
    priceMicros: micros(offer.priceMinorPerTonne),
    basis: basis ?? { unstated: alternate ? ['product', 'grade'] : ['product'] },
    // Zero is what an offer that says nothing of it has.
    moisture:
      moisturePpb === 0n
        ? undefined
        : {
            value: fraction.of(moisturePpb, 1_000_000_000n),
            date: dayOf(submittedAt),
            source: `${supplierName ?? supplierId}, ${offerId}`,
          },
    fees: fees.map(({ costId, title, minorPerTonne }: Fee) => ({ costId, title, micros: micros(minorPerTonne) })),
  };
}

/** Marketplace's prices carry no tax and say no form. Undefined for what is no product of ours. */
function basisOf(
  { productType, grade, basis: massBasis }: Pick<RfqLine, 'productType' | 'grade' | 'basis'>,
  terms: { incoterm: string; region: string; currency: string },
): Basis | undefined {
  const unsaid = { form: 'any', taxBasis: 'excluding_vat' };
  const unit = unitOf(productType, massBasis);
  return basisShape.safeParse({ product: productType, grade, unit, ...unsaid, ...terms }).data;
}

/** Where a price is of: where the seller leaves the goods, which with its freight in the price is where they arrive. */
function isPricedAtDestination(rule: string): boolean {
  const incoterm = incoterms.find((each) => each === rule);
  return incoterm !== undefined && chargesIncluded[incoterm].includes('freight');
}
