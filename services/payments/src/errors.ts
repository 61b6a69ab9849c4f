import { errorTable } from '@clearlot/kernel';

/** Every expected failure of the payments service. */
export const paymentsErrors = errorTable({
  PAYMENTS_PAYMENT_NOT_FOUND: ['missing', 'There is no such payment.'],
  PAYMENTS_BALANCE_NOT_FOUND: ['missing', 'There is no balance in this currency: top it up first.'],
  PAYMENTS_DEPOSIT_ALREADY_PLACED: ['conflict', 'There is a deposit for this auction already.'],
  PAYMENTS_DEPOSIT_NOT_FOUND: ['missing', 'There is no such deposit.'],
  PAYMENTS_DEPOSIT_MISMATCH: ['conflict', 'The deposit is of another auction, person or currency.'],
  PAYMENTS_ESCROW_NOT_FOUND: ['missing', 'There is no escrow for this deal.'],
  PAYMENTS_HOLD_NOT_FOUND: ['missing', 'There is no such hold.'],
  PAYMENTS_WIRE_REFERENCE_USED: ['conflict', 'This wire is booked already and cannot be booked here.'],
  PAYMENTS_AMOUNT_MISMATCH: ['mismatch', 'An outgoing wire must be of exactly the amount of the payment.'],
  PAYMENTS_ALREADY_CONFIRMED: ['conflict', 'The payment is confirmed by another wire.'],
  PAYMENTS_REFERENCE_INVALID: ['invalid', 'The payment reference has a typing error: its check digits do not fit.'],
  PAYMENTS_REQUEST_INVALID: ['invalid', 'The request is not valid.'],
  PAYMENTS_IDEMPOTENCY_MISMATCH: ['mismatch', 'This idempotency key was used for a different request.'],
  PAYMENTS_CURRENCY_MISMATCH: ['conflict', 'The escrow of this deal is in another currency.'],
  PAYMENTS_ESCROW_NOT_OPEN: ['conflict', 'The escrow of this deal is released or cancelled.'],
  PAYMENTS_INSUFFICIENT_FUNDS: ['conflict', 'There is not enough free money in the account.'],
  PAYMENTS_ACCOUNT_NOT_OPEN: ['conflict', 'The account does not exist.'],
  PAYMENTS_RELEASE_NOT_COVERED: ['conflict', 'The holds of the escrow do not match what is to be released.'],
  PAYMENTS_RELEASE_REPEATED: ['conflict', 'This escrow was released with other content.'],
  PAYMENTS_PART_REPEATED: ['conflict', 'This part of the escrow was settled with other content.'],
});
