import { sumOf } from '../money/amount.ts';
import { formatCount } from '../money/format.ts';
import { amountOf } from '../money/price-per-tonne.ts';
import { readWhole } from './mass.ts';
import type { Evaluation, RankedOffer } from './rfq.ts';
import type { FieldError } from './scenario.ts';

/** So much of an offer, as a buyer chose it. */
export interface Chosen {
  responseId: string;
  offerId: string;
  supplierId: string;
  lineId: string;
  incoterm: string;
  price: number | string;
  quantityKg: number;
}

/** What the supplier asked per tonne: the first term of its landed cost. */
export function offeredPrice({ terms }: RankedOffer): number | string {
  const price = terms.find(({ name }) => name === 'price');
  if (!price) throw new Error('a ranked offer has a price');
  return price.amount;
}

/** Reads how much of each offer is taken, `<responseId>.<offerId>`, and what does not fit offers and lines. */
export function readChoice(data: FormData, { lines }: Evaluation): { items: Chosen[]; errors: FieldError[] } {
  const items: Chosen[] = [];
  const errors: FieldError[] = [];
  let last = '';
  for (const { lineId, quantityKg: wanted, offers, alternates } of lines) {
    let left = wanted;
    for (const offer of [...offers, ...alternates]) {
      const { responseId, offerId, supplierId, incoterm, minKg, quantityKg: most } = offer;
      const pointer = `/${responseId}/${offerId}`;
      last = pointer;
      const text = String(data.get(`${responseId}.${offerId}`) ?? '').trim();
      if (text === '' || /^0+$/.test(text)) continue;
      const quantityKg = readWhole(text) ?? 0;
      const message =
        quantityKg === 0
          ? 'Enter a whole number of kilograms.'
          : quantityKg < minKg
            ? `It delivers at least ${formatCount(minKg)} kg.`
            : quantityKg > most
              ? `It delivers at most ${formatCount(most)} kg.`
              : quantityKg > left
                ? `Only ${formatCount(left)} kg of this line are left.`
                : undefined;
      if (message) errors.push({ pointer, message });
      else items.push({ responseId, offerId, supplierId, lineId, incoterm, price: offeredPrice(offer), quantityKg });
      left -= quantityKg;
    }
  }
  if (items.length === 0 && errors.length === 0) errors.push({ pointer: last, message: 'Choose at least one offer.' });
  return { items, errors };
}

/** What each choice comes to and all of them together, exactly as the platform reckons it. */
export function choiceTotals(items: readonly Chosen[], currency: string) {
  const withAmounts = items.map((item) => ({
    ...item,
    amount: amountOf(item.quantityKg, item.price, currency) ?? '0',
  }));
  const total = sumOf(
    withAmounts.map(({ amount }) => amount),
    currency,
  );
  return { items: withAmounts, total };
}
