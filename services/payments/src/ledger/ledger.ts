/** One movement: `debit` and `credit` are account keys; wiring in debits the bank, paying out credits it. */
export interface Transfer {
  debit: string;
  credit: string;
  /** Above zero, minor units of the accounts' currency. */
  amountMinor: bigint;
  /** The hold this money is taken from; it must be one of the debited account. */
  holdId?: string | undefined;
}

/** Transfers that are booked together or not at all, once per `key`. */
export interface Journal {
  key: string;
  kind: 'wire' | 'payout' | 'refund' | 'release' | 'capture' | 'return';
  dealId: string;
  effectiveAt: Date;
  transfers: readonly Transfer[];
}

/**
 * The accounts of a deal. Each deal has a bank account of its own: its money is told apart from every other deal's, its
 * accounts sum to zero by themselves, and no row is shared by all deals.
 */
export const accountKey = {
  bank: (dealId: string) => `bank:${dealId}`,
  /** A buyer's money while the deal is open. */
  escrow: (dealId: string, commitmentId: string) => `escrow:${dealId}:${commitmentId}`,
  /** What a seller is owed. */
  payable: (dealId: string, participationId: string) => `payable:${dealId}:${participationId}`,
  /** What goes back to a buyer. */
  refundable: (dealId: string, commitmentId: string) => `refundable:${dealId}:${commitmentId}`,
};

/** An account to open: `partyId` is the commitment or participation, null for the bank account. */
export interface NewAccount {
  kind: 'bank' | 'escrow' | 'payable' | 'refundable';
  partyId: string | null;
}

/** The money of one escrow, minor units. received = available + held + payable + paidOut + refundable + refunded. */
export interface Balances {
  receivedMinor: bigint;
  availableMinor: bigint;
  heldMinor: bigint;
  payableMinor: bigint;
  paidOutMinor: bigint;
  refundableMinor: bigint;
  refundedMinor: bigint;
}

/** The parts of an account that balances are made of. */
export interface AccountTotals {
  kind: NewAccount['kind'];
  debitsMinor: bigint;
  creditsMinor: bigint;
  heldMinor: bigint;
}

/** Adds the accounts of one deal up. Only wires debit a bank account, only payouts and refunds credit it. */
export function sumBalances(accounts: readonly AccountTotals[]): Balances {
  const sums = {
    receivedMinor: 0n,
    availableMinor: 0n,
    heldMinor: 0n,
    payableMinor: 0n,
    paidOutMinor: 0n,
    refundableMinor: 0n,
    refundedMinor: 0n,
  };
  for (const { kind, debitsMinor, creditsMinor, heldMinor } of accounts) {
    const owed = creditsMinor - debitsMinor;
    if (kind === 'bank') sums.receivedMinor += debitsMinor;
    if (kind === 'escrow') {
      sums.heldMinor += heldMinor;
      sums.availableMinor += owed - heldMinor;
    }
    if (kind === 'payable') {
      sums.payableMinor += owed;
      sums.paidOutMinor += debitsMinor;
    }
    if (kind === 'refundable') {
      sums.refundableMinor += owed;
      sums.refundedMinor += debitsMinor;
    }
  }
  return sums;
}

/** Whether everything received is somewhere: the accounts of one deal sum to zero. */
export function isBalanced(accounts: readonly AccountTotals[]): boolean {
  return accounts.reduce((sum, account) => sum + account.debitsMinor - account.creditsMinor, 0n) === 0n;
}
