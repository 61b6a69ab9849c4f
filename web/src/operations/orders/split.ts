import { fromMinor, toMinor } from '../../money/amount.ts';

/** What a decision on a delivery releases to the supplier and sends back to the buyer; nothing when it is more than there is. */
export function splitOf(
  reserved: number | string,
  release: string,
  currency: string,
): { release: string; refund: string } | undefined {
  const [all, part] = [toMinor(reserved, currency), toMinor(release, currency)];
  if (part < 0n || part > all) return undefined;
  return { release: fromMinor(part, currency), refund: fromMinor(all - part, currency) };
}
