/** When a source states figures: always, Monday to Friday, on working days of England and Wales, or once a year. */
export const calendars = ['continuous', 'weekdays', 'england_wales', 'annual'] as const;
export type Calendar = (typeof calendars)[number];

const dayMs = 86_400_000;

/** True where a figure is expected of a day (UTC) of the calendar. */
export function isBusinessDay(calendar: Calendar, day: Date): boolean {
  if (calendar === 'continuous') return true;
  if (calendar === 'annual') return day.getUTCMonth() === 11 && day.getUTCDate() === 31;
  const weekday = day.getUTCDay();
  if (weekday === 0 || weekday === 6) return false;
  return calendar === 'weekdays' || !bankHolidays(day.getUTCFullYear()).has(isoDay(day));
}

/** The next business day after a day, by its start. */
export function nextBusinessDay(calendar: Calendar, day: Date): Date {
  let next = new Date(Math.floor(day.getTime() / dayMs) * dayMs + dayMs);
  while (!isBusinessDay(calendar, next)) next = new Date(next.getTime() + dayMs);
  return next;
}

const isoDay = (day: Date) => day.toISOString().slice(0, 10);

// Royal proclamations under section 1(2) and (3) of the Banking and Financial Dealings Act 1971: days added, days moved.
const proclaimed = [
  '2011-04-29',
  '2012-06-04',
  '2012-06-05',
  '2020-05-08',
  '2022-06-02',
  '2022-06-03',
  '2022-09-19',
  '2023-05-08',
];
const moved = new Set(['2012-05-28', '2020-05-04', '2022-05-30']);

const known = new Map<number, ReadonlySet<string>>();

/**
 * Bank holidays of England and Wales that fall on weekdays, as ISO dates. Source: Banking and Financial Dealings Act 1971,
 * schedule 1, with New Year's Day, the first Monday in May and substitute days as proclaimed each year.
 */
function bankHolidays(year: number): ReadonlySet<string> {
  const found = known.get(year);
  if (found) return found;
  const easter = easterSunday(year);
  const newYear = weekdayFrom(utc(year, 1, 1));
  const christmas = weekdayFrom(utc(year, 12, 25));
  const boxing = weekdayFrom(utc(year, 12, 26));
  const days = [
    newYear,
    new Date(easter.getTime() - 2 * dayMs),
    new Date(easter.getTime() + dayMs),
    monday(year, 5, 1),
    monday(year, 5, 25),
    monday(year, 8, 25),
    christmas,
    // Christmas Day and Boxing Day both at a weekend: Monday for the one, Tuesday for the other.
    boxing.getTime() === christmas.getTime() ? weekdayFrom(new Date(boxing.getTime() + dayMs)) : boxing,
  ].map(isoDay);
  const ofYear = proclaimed.filter((day) => day.startsWith(`${year}-`));
  const holidays = new Set([...days.filter((day) => !moved.has(day)), ...ofYear]);
  known.set(year, holidays);
  return holidays;
}

const utc = (year: number, month: number, day: number) => new Date(Date.UTC(year, month - 1, day));

/** The day itself, or the Monday after it. */
function weekdayFrom(day: Date): Date {
  const weekday = day.getUTCDay();
  const ahead = weekday === 6 ? 2 : weekday === 0 ? 1 : 0;
  return new Date(day.getTime() + ahead * dayMs);
}

/** The first Monday on or after a day of a month; of a month of 31 days the 25th leads to the last one. */
function monday(year: number, month: number, from: number): Date {
  const day = utc(year, month, from);
  return new Date(day.getTime() + ((8 - day.getUTCDay()) % 7) * dayMs);
}

/** Gregorian Easter. Source: the anonymous algorithm of Nature, 20 April 1876, as in Meeus, Astronomical Algorithms, chapter 8. */
function easterSunday(year: number): Date {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const f = Math.floor((b + 8) / 25);
  const g = Math.floor((b - f + 1) / 3);
  const h = (19 * a + b - Math.floor(b / 4) - g + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const month = Math.floor((h + l - 7 * m + 114) / 31);
  return utc(year, month, ((h + l - 7 * m + 114) % 31) + 1);
}
