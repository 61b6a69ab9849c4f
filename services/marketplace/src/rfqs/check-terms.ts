import { currencyDigits, type FieldError, isDomainError, parseMoney } from '@clearlot/kernel';
import { rfqErrors } from './errors.ts';
import type { RfqTerms } from './terms.ts';

/**
 * What the shape of terms cannot say: their money is money of the RFQ's currency. Errors: MARKETPLACE_RFQ_TERMS_INVALID
 * with a pointer to each, CURRENCY_UNKNOWN.
 */
export function checkTerms(terms: RfqTerms, currency: string): void {
  currencyDigits(currency);
  const amounts = [
    ...terms.lines.flatMap(({ adjustments }, line) =>
      adjustments.map(({ perStep }, at) => [`/lines/${line}/adjustments/${at}/perStep`, perStep] as const),
    ),
    ...terms.costModel.freight.map(({ perTonne }, at) => [`/costModel/freight/${at}/perTonne`, perTonne] as const),
  ];
  const problems = amounts.flatMap(([pointer, amount]): FieldError[] => {
    const message = moneyProblem(amount, currency);
    return message ? [{ pointer: `/terms${pointer}`, message }] : [];
  });
  // A freight of nothing is left out; a negative one would pay for distance.
  for (const [at, { perTonne }] of terms.costModel.freight.entries()) {
    if (!moneyProblem(perTonne, currency) && parseMoney(perTonne, currency) <= 0n) {
      problems.push({ pointer: `/terms/costModel/freight/${at}/perTonne`, message: 'must be above zero' });
    }
  }
  if (problems.length > 0) throw rfqErrors.error('MARKETPLACE_RFQ_TERMS_INVALID', undefined, problems);
}

/** Why this is not money of the currency, if it is not. */
export function moneyProblem(amount: number | string, currency: string): string | undefined {
  try {
    parseMoney(amount, currency);
    return undefined;
  } catch (error) {
    if (isDomainError(error)) return error.detail;
    throw error;
  }
}
