export { largestRemainder } from './apportion.ts';
export { maxBigint, minBigint, sumBigint } from './bigint.ts';
export { type Clock, systemClock } from './clock.ts';
export { currencies, currencyDigits } from './currencies.ts';
export {
  DomainError,
  type DomainErrorParts,
  type ErrorKind,
  type ErrorRows,
  type ErrorTable,
  errorTable,
  type FieldError,
  isDomainError,
  kernelErrors,
} from './errors.ts';
export type { Fraction } from './fraction.ts';
export * as fraction from './fraction.ts';
export { deriveId, isId, newId } from './ids.ts';
export { displayMoney, formatMoney, moneyMinorLimit, moneyToJson, parseMoney, parsePositiveMoney } from './money.ts';
export { canMove, deadEnds, move, type Transitions, unreachableStates } from './state-machine.ts';
