import { describe, expect, it } from 'vitest';
import { contentFor, termsFor } from '../rfqs/rfq.fixture.ts';
import { rfqTerms } from '../rfqs/terms.ts';
import { checkContent } from './check-content.ts';
import { type ResponseContentJson, responseContent } from './content.ts';
import { moveResponse, standsFor } from './response.ts';

const termsJson = termsFor({
  criteria: [{ criterionId: 'co2', title: 'Carbon', options: [{ value: 'low', title: 'Low', sharePpm: 10_000 }] }],
  otherCosts: [{ costId: 'handling', title: 'Handling' }],
});

const pointers = (overrides: Partial<ResponseContentJson>, currency = 'USD') => {
  try {
    checkContent(rfqTerms.parse(termsJson), responseContent.parse(contentFor(termsJson, overrides)), currency);
    return [];
  } catch (error) {
    const { code, errors } = error as { code: string; errors: { pointer: string }[] };
    expect(code).toBe('MARKETPLACE_RESPONSE_CONTENT_INVALID');
    return errors.map(({ pointer }) => pointer);
  }
};

const offer = (overrides: Partial<ResponseContentJson['offers'][number]>) => {
  const [first] = contentFor(termsJson).offers;
  if (!first) throw new Error('an offer');
  return { offers: [{ ...first, ...overrides }] };
};

describe('a response', () => {
  it('that answers the terms is taken; it need not offer every line nor keep every limit', () => {
    expect(pointers({})).toEqual([]);
    expect(pointers(offer({ assay: [{ analyte: 'Na', unit: 'ppm', value: 9_000 }] }))).toEqual([]);
  });

  it('offers lines of the RFQ on accepted Incoterms', () => {
    expect(pointers(offer({ lineId: 'L9', incoterm: 'DDP' }))).toEqual([
      '/content/offers/0/lineId',
      '/content/offers/0/incoterm',
    ]);
    expect(pointers(offer({ incoterm: 'FOB' }))).toEqual([]);
  });

  it('names an option of every criterion and an amount for every cost, and no others', () => {
    expect(pointers({ criteria: {}, otherCosts: {} })).toEqual([
      '/content/criteria/co2',
      '/content/otherCosts/handling',
    ]);
    expect(pointers({ criteria: { co2: 'none', x: 'y' } })).toEqual(['/content/criteria/co2', '/content/criteria/x']);
    expect(pointers({ otherCosts: { handling: '-1', toString: '1' } })).toEqual([
      '/content/otherCosts/toString',
      '/content/otherCosts/handling',
    ]);
  });

  it('stands until the decision when it is firm', () => {
    const validUntil = termsJson.deadlineAt;
    expect(pointers({ validUntil })).toEqual(['/content/validUntil']);
    expect(pointers({ validUntil, kind: 'indicative' })).toEqual([]);
  });

  it('has prices above zero, exact in the currency, whose amounts can be kept', () => {
    for (const price of ['0', '-5', '1.001', 'a lot', '9'.repeat(15)]) {
      expect(pointers(offer({ price, quantityKg: 1_000_000_000 }))).toEqual(['/content/offers/0/price']);
    }
  });

  it('with a key that is not known, or a line offered twice, is refused as it is read', () => {
    expect(responseContent.safeParse({ ...contentFor(termsJson), validTill: 'x' }).success).toBe(false);
    const [first] = contentFor(termsJson).offers;
    const twice = [first, { ...first, offerId: 'again' }];
    expect(responseContent.safeParse({ ...contentFor(termsJson), offers: twice }).success).toBe(false);
  });

  it('stands for the version it was made for until another is acknowledged', () => {
    expect(standsFor({ rfqVersion: 1, acknowledgedVersion: null })).toBe(1);
    expect(standsFor({ rfqVersion: 1, acknowledgedVersion: 3 })).toBe(3);
  });

  it('that has ended does not come back', () => {
    for (const from of ['replaced', 'withdrawn', 'opened', 'unreadable'] as const) {
      expect(() => moveResponse(from, 'opened')).toThrow();
    }
  });
});
