/** The reader's language decides separators; the digits are exactly those that the platform said. */
const locale = () => navigator.language;

/**
 * An amount in major units with all its digits, `USD 1,250,000.00`: at least those of the currency, more where it has more
 * (a price per share of 12.345). Never goes through binary fractions when it came as text.
 */
export function formatMoney(amount: number | string, currency: string): string {
  const style = { style: 'currency', currency, currencyDisplay: 'code', maximumFractionDigits: 8 } as const;
  return new Intl.NumberFormat(locale(), style).format(amount as Intl.StringNumericLiteral).replace(/\s/u, '\u00a0');
}

/** A count with up to six decimals, as tonnes have. */
export function formatCount(value: number | string): string {
  return new Intl.NumberFormat(locale(), { maximumFractionDigits: 6 }).format(value as Intl.StringNumericLiteral);
}

/** 21 Nov 2026, 14:05 UTC+1. */
export function formatInstant(at: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    ...{ day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' },
    timeZoneName: 'shortOffset',
  }).formatToParts(new Date(at));
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? '';
  const zone = part('timeZoneName').replace('GMT', 'UTC');
  return `${part('day')} ${part('month')} ${part('year')}, ${part('hour')}:${part('minute')} ${zone}`;
}

/** 21 Nov 2026; a date without a time is no instant and is in no zone. */
export function formatDate(at: string): string {
  const timeZone = at.length === 10 ? 'UTC' : undefined;
  const style = { day: 'numeric', month: 'short', year: 'numeric', timeZone } as const;
  return new Intl.DateTimeFormat('en-GB', style).format(new Date(at));
}

/** How long ago or until, as a second line beside the exact time. */
export function formatRelative(at: string, now = Date.now()): string {
  const seconds = Math.round((Date.parse(at) - now) / 1_000);
  const steps: [Intl.RelativeTimeFormatUnit, number][] = [
    ['day', 86_400],
    ['hour', 3_600],
    ['minute', 60],
  ];
  const [unit, size] = steps.find(([, length]) => Math.abs(seconds) >= length) ?? (['second', 1] as const);
  return new Intl.RelativeTimeFormat('en', { numeric: 'auto' }).format(Math.trunc(seconds / size), unit);
}
