import type { Body } from '../api/shapes.ts';
import { sumOf } from '../money/amount.ts';
import { amountOf } from '../money/price-per-tonne.ts';
import { ppbOfPercent } from '../products/assay.ts';
import type { Incoterm } from '../products/commodity.ts';
import { type Reader, readerOf } from './form-reader.ts';
import type { Line, Terms } from './rfq.ts';
import type { FieldError } from './scenario.ts';

export type ResponseContent = Body<'/api/rfqs/{id}/responses'>['content'];
export type Offer = ResponseContent['offers'][number];
type AssayValue = NonNullable<Offer['assay']>[number];

/** Reads a response from its form, whose rows are `content.offers.<n>`, and what does not answer the terms. */
export function readResponse(
  data: FormData,
  terms: Terms,
  currency: string,
): { content: ResponseContent; errors: FieldError[] } {
  const read = readerOf(data);
  const { said } = read;
  const kind = said('content.kind') as ResponseContent['kind'];
  const offers = read
    .rows('content.offers')
    .filter((row) => read.isTicked(`${row}.offered`))
    .map((row) => readOffer(read, row, currency));
  if (offers.length === 0) read.refuse('content.offers', 'Offer at least one line.');
  const validUntil = said('content.validUntil');
  const until = validUntil === '' ? '' : new Date(validUntil).toISOString();
  if (until === '') read.refuse('content.validUntil', 'Choose a day and time.');
  else if (kind === 'firm' && Date.parse(until) < Date.parse(terms.decideBy)) {
    read.refuse('content.validUntil', 'A firm response must stand until the request is decided.');
  }
  const criteria = (terms.criteria ?? []).map(
    ({ criterionId }) =>
      [criterionId, read.required(`content.criteria.${criterionId}`, 'Choose what you claim.')] as const,
  );
  const otherCosts = (terms.otherCosts ?? []).map(({ costId }) => {
    const name = `content.otherCosts.${costId}`;
    const amount = /^0+([.,]0+)?$/.test(said(name)) ? '0' : read.money(name, currency);
    if (amount === undefined) read.refuse(name, 'Enter an amount; 0 if there is none.');
    return [costId, amount ?? '0'] as const;
  });
  const content: ResponseContent = {
    kind,
    validUntil: until,
    offers,
    criteria: Object.fromEntries(criteria),
    otherCosts: Object.fromEntries(otherCosts),
    notes: said('content.notes'),
  };
  return { content, errors: read.errors };
}

function readOffer(read: Reader, row: string, currency: string): Offer {
  const { said } = read;
  const price = read.money(`${row}.price`, currency);
  if (price === undefined) read.refuse(`${row}.price`, 'Enter a price per tonne.');
  const quantityKg = read.kg(`${row}.quantityKg`);
  const hasLeast = said(`${row}.minKg`) !== '';
  const minKg = hasLeast ? read.kg(`${row}.minKg`) : undefined;
  if (minKg !== undefined && quantityKg > 0 && minKg > quantityKg) {
    read.refuse(`${row}.minKg`, 'The least must not be above the most.');
  }
  const moisture = said(`${row}.moisturePpb`);
  const moisturePpb = moisture === '' ? 0 : ppbOfPercent(moisture);
  if (moisturePpb === undefined || moisturePpb > 999_999_999) {
    read.refuse(`${row}.moisturePpb`, 'Enter per cent under 100, such as 0.5.');
  }
  const packaging = said(`${row}.packaging`);
  return {
    offerId: said(`${row}.offerId`),
    lineId: said(`${row}.lineId`),
    alternate: said(`${row}.alternate`) === 'true',
    quantityKg,
    ...(minKg === undefined ? {} : { minKg }),
    price: price ?? '0',
    incoterm: said(`${row}.incoterm`) as Incoterm,
    originCountry: read.required(`${row}.originCountry`, 'Choose a country.'),
    assay: readAssay(read, row),
    moisturePpb: moisturePpb ?? 0,
    leadDays: read.whole(`${row}.leadDays`, 0, 730),
    ...(packaging === '' ? {} : { packaging }),
  };
}

function readAssay(read: Reader, row: string): AssayValue[] {
  return read.rows(`${row}.assay`).flatMap((each): AssayValue[] => {
    const value = read.said(`${each}.value`);
    if (value === '') return [];
    if (!/^\d{1,10}(\.\d{1,9})?$/.test(value)) read.refuse(`${each}.value`, 'Use digits, such as 99.5.');
    return [{ analyte: read.said(`${each}.analyte`), unit: read.said(`${each}.unit`) as AssayValue['unit'], value }];
  });
}

/** What is measured for a line: what it limits and what its price is adjusted by, each once, in the unit it is asked in. */
export function measuredOf({ limits = [], adjustments = [] }: Line): { analyte: string; unit: AssayValue['unit'] }[] {
  const asked = [
    ...limits.map(({ analyte, unit }) => ({ analyte, unit })),
    ...adjustments.map(({ analyte }) => ({ analyte, unit: '%' as const })),
  ];
  return asked.filter(({ analyte }, index) => asked.findIndex((each) => each.analyte === analyte) === index);
}

/** What offers come to if all of each is taken, and the offers as asked for together, exactly; undefined while one is not known. */
export function responseTotals(offers: readonly Offer[], lines: readonly Line[], currency: string) {
  const rows = offers.map((offer) => {
    const wanted = lines.find(({ lineId }) => lineId === offer.lineId)?.quantityKg ?? 0;
    const takenKg = Math.min(offer.quantityKg, wanted);
    return { offer, takenKg, amount: amountOf(takenKg, offer.price, currency) ?? '0' };
  });
  const asked = rows.filter(({ offer }) => !offer.alternate).map(({ amount }) => amount);
  return { rows, total: sumOf(asked, currency) };
}

/** A response as it was handed in, from the file that was kept of it; undefined when it is none. */
export function contentOfFile(text: string): ResponseContent | undefined {
  try {
    const file = JSON.parse(text) as { content?: ResponseContent };
    return Array.isArray(file.content?.offers) ? file.content : undefined;
  } catch {
    return undefined;
  }
}
