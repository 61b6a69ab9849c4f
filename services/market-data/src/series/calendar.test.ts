import { expect, it } from 'vitest';
import { isBusinessDay, nextBusinessDay } from './calendar.ts';

const on = (day: string) => new Date(`${day}T00:00:00Z`);

// gov.uk/bank-holidays, England and Wales.
it.each([
  ...['2021-01-01', '2021-04-02', '2021-04-05', '2021-05-03', '2021-05-31', '2021-08-30', '2021-12-27', '2021-12-28'],
  ...['2022-01-03', '2022-04-15', '2022-04-18', '2022-05-02', '2022-06-02', '2022-06-03', '2022-08-29', '2022-09-19'],
  ...['2022-12-26', '2022-12-27', '2023-01-02', '2023-05-01', '2023-05-08', '2023-05-29', '2023-12-25', '2023-12-26'],
  ...['2020-05-08', '2020-12-28', '2024-03-29', '2024-04-01', '2024-05-06', '2024-08-26', '2025-04-18', '2025-04-21'],
  ...['2026-04-03', '2026-04-06', '2026-05-25', '2026-08-31', '2026-12-25', '2026-12-28'],
])('%s is a bank holiday of England and Wales', (day) => {
  expect(isBusinessDay('england_wales', on(day))).toBe(false);
  expect(isBusinessDay('continuous', on(day))).toBe(true);
});

it.each(['2020-05-04', '2022-05-30', '2022-12-28', '2021-12-29', '2026-12-24', '2023-04-11'])(
  '%s is a working day',
  (day) => {
    expect(isBusinessDay('england_wales', on(day))).toBe(true);
    expect(isBusinessDay('weekdays', on(day))).toBe(true);
  },
);

it('weekends are no business days but of what goes on always', () => {
  for (const day of ['2026-11-21', '2026-11-22']) {
    expect(isBusinessDay('weekdays', on(day))).toBe(false);
    expect(isBusinessDay('england_wales', on(day))).toBe(false);
    expect(isBusinessDay('continuous', on(day))).toBe(true);
  }
});

it('eight bank holidays fall on weekdays of every year that has nothing proclaimed', () => {
  for (const year of [2013, 2014, 2015, 2016, 2017, 2018, 2019, 2021, 2024, 2025, 2026, 2027, 2028, 2033]) {
    let holidays = 0;
    for (let day = on(`${year}-01-01`); day.getUTCFullYear() === year; day = new Date(day.getTime() + 86_400_000)) {
      if (isBusinessDay('weekdays', day) && !isBusinessDay('england_wales', day)) holidays += 1;
    }
    expect({ year, holidays }).toEqual({ year, holidays: 8 });
  }
});

it('the next business day is after weekends and holidays', () => {
  expect(nextBusinessDay('england_wales', new Date('2026-12-24T17:00:00Z'))).toEqual(on('2026-12-29'));
  expect(nextBusinessDay('weekdays', on('2026-11-20'))).toEqual(on('2026-11-23'));
  expect(nextBusinessDay('continuous', on('2026-11-20'))).toEqual(on('2026-11-21'));
  expect(nextBusinessDay('annual', on('2022-12-31'))).toEqual(on('2023-12-31'));
});
