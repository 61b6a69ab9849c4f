import { fromMinor, toMinor } from '../../money/amount.ts';

/** Which side of its account an entry is on: debits are above zero. */
export function sidesOf({ amount, currency }: { amount: number | string; currency: string }): {
  debit?: string;
  credit?: string;
} {
  const minor = toMinor(amount, currency);
  return minor < 0n ? { credit: fromMinor(-minor, currency) } : { debit: fromMinor(minor, currency) };
}

const kinds: Record<string, string> = {
  bank: 'Bank',
  escrow: 'Escrow of',
  payable: 'Owed to',
  refundable: 'To send back to',
};

/** An account's key, `kind:escrow:party`, as its kind and whose it is. */
export function accountLabel(account: string, nameOf: (partyId: string) => string): string {
  const [kind = '', , party] = account.split(':');
  const label = kinds[kind] ?? kind;
  return party ? `${label} ${nameOf(party)}` : label;
}
