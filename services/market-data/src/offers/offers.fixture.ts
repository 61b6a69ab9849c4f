import type { ListOffersResponse, Offer, OpenedResponse, RfqLine } from '@clearlot/proto/marketplace/v1/marketplace';

type Answered = Partial<Omit<ListOffersResponse, 'lines' | 'responses'>> & {
  lines?: Partial<RfqLine>[];
  responses?: (Partial<Omit<OpenedResponse, 'offers'>> & { offers?: Partial<Offer>[] })[];
};

/**
 * What marketplace answers: an RFQ for 100 tonnes of battery-grade carbonate CIF China in USD, by default with one response
 * that offers it at 12,000.00.
 */
export function answerOf({ lines = [{}], responses = [{}], ...fields }: Answered = {}): ListOffersResponse {
  return {
    ...{ rfqId: '019ab3a0-0000-7000-8000-00000000f001', title: 'Carbonate for 2027', currency: 'USD' },
    ...{ incoterm: 'CIF', place: 'Shanghai', destinationCountry: 'CN', ...fields },
    lines: lines.map((line) => ({
      ...{ lineId: 'L1', title: 'Lithium carbonate', productType: 'lithium_carbonate', grade: 'battery' },
      ...{ basis: 'dry', quantityKg: 100_000n, ...line },
    })),
    responses: responses.map(({ offers = [{}], ...response }, index) => ({
      ...{ responseId: `response-${index + 1}`, supplierId: `supplier-${index + 1}`, supplierName: 'Salar Ltd' },
      ...{ kind: 'firm', current: true, fees: [], submittedAt: new Date('2026-11-20T12:00:00Z') },
      ...{ validUntil: new Date('2026-12-31T00:00:00Z'), ...response },
      offers: offers.map((offer) => ({
        ...{ offerId: `offer-${index + 1}`, lineId: 'L1', alternate: false, quantityKg: 100_000n, minKg: 1n },
        ...{ priceMinorPerTonne: 1_200_000n, incoterm: 'CIF', originCountry: 'CL', moisturePpb: 0n, ...offer },
      })),
    })),
  };
}
