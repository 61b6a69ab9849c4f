import { formatCount, formatDate, formatInstant, formatMoney } from '../money/format.ts';

/** An amount with its currency and every digit it has; the dash is "nothing yet", not zero. */
export function Money({ amount, currency = 'USD' }: { amount: number | string | null | undefined; currency?: string }) {
  if (amount === null || amount === undefined) return <span className="text-muted">–</span>;
  return <span className="figures whitespace-nowrap">{formatMoney(amount, currency)}</span>;
}

/** Shares, lots, tonnes: a count with its unit. */
export function Count({ value, unit }: { value: number | string | null | undefined; unit?: string }) {
  if (value === null || value === undefined) return <span className="text-muted">–</span>;
  return (
    <span className="figures whitespace-nowrap">
      {formatCount(value)}
      {unit ? ` ${unit}` : ''}
    </span>
  );
}

/** An instant in the reader's zone, which is named; the exact one is in the title. */
export function Instant({ at, dateOnly = false }: { at: string | null | undefined; dateOnly?: boolean }) {
  if (!at) return <span className="text-muted">–</span>;
  return (
    <time dateTime={at} title={at} className="figures whitespace-nowrap">
      {dateOnly ? formatDate(at) : formatInstant(at)}
    </time>
  );
}
