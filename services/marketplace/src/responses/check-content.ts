import { type FieldError, moneyMinorLimit, parseMoney } from '@clearlot/kernel';
import { amountMinor } from '../commodity/commodity.ts';
import { moneyProblem } from '../rfqs/check-terms.ts';
import { rfqErrors } from '../rfqs/errors.ts';
import type { RfqTerms } from '../rfqs/terms.ts';
import type { ResponseContent } from './content.ts';
import { contentProblems } from './response.ts';

/** Errors: MARKETPLACE_RESPONSE_CONTENT_INVALID with a pointer to everything that does not answer the terms. */
export function checkContent(terms: RfqTerms, content: ResponseContent, currency: string): void {
  const problems = [...contentProblems(terms, content), ...moneyProblems(content, currency)];
  if (problems.length > 0) throw rfqErrors.error('MARKETPLACE_RESPONSE_CONTENT_INVALID', undefined, problems);
}

function moneyProblems({ offers, otherCosts }: ResponseContent, currency: string): FieldError[] {
  const prices = offers.map(({ price, quantityKg }, at): [string, string | undefined] => {
    const problem = moneyProblem(price, currency) ?? amountProblem(parseMoney(price, currency), BigInt(quantityKg));
    return [`/content/offers/${at}/price`, problem];
  });
  const costs = Object.entries(otherCosts).map(([costId, cost]): [string, string | undefined] => {
    const negative = () => (parseMoney(cost, currency) < 0n ? 'must not be negative' : undefined);
    return [`/content/otherCosts/${costId}`, moneyProblem(cost, currency) ?? negative()];
  });
  return [...prices, ...costs].flatMap(([pointer, message]) => (message ? [{ pointer, message }] : []));
}

function amountProblem(priceMinorPerTonne: bigint, quantityKg: bigint): string | undefined {
  if (priceMinorPerTonne <= 0n) return 'must be above zero';
  return amountMinor(quantityKg, priceMinorPerTonne) < moneyMinorLimit
    ? undefined
    : 'makes an amount that is too large';
}
