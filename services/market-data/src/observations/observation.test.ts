import { expect, it } from 'vitest';
import { showMicros } from './micros.ts';
import { checkDelivery, newestOf, type ObservationInput } from './observation.ts';

const input = (low: bigint, mid: bigint, high: bigint, validAt = '2026-11-24'): ObservationInput => ({
  ...{ instrumentId: 'one', edition: '1', validAt: new Date(validAt), kind: 'assessment' },
  ...{ lowMicros: low, midMicros: mid, highMicros: high },
});

it('what can be recorded is a range above zero, of at most 10^15 micros', () => {
  expect(() => checkDelivery([input(1n, 1n, 10n ** 15n)])).not.toThrow();
  const others = [input(0n, 1n, 1n), input(2n, 1n, 3n), input(1n, 3n, 2n), input(1n, 1n, 10n ** 15n + 1n)];
  for (const other of [...others, input(1n, 1n, 1n, 'never')]) {
    expect(() => checkDelivery([other])).toThrow(expect.objectContaining({ code: 'MARKET_OBSERVATION_INVALID' }));
  }
});

it('a delivery states one figure for an instrument and instant', () => {
  const one = input(1n, 1n, 1n);
  expect(() => checkDelivery([one, { ...one, instrumentId: 'two' }, input(1n, 1n, 1n, '2026-11-25')])).not.toThrow();
  expect(() => checkDelivery([one, input(2n, 2n, 2n)])).toThrow(
    expect.objectContaining({ code: 'MARKET_OBSERVATION_REPEATED' }),
  );
});

it('the newest of a delivery is what is not older than what is known, one for each instrument', () => {
  const one = [input(1n, 1n, 1n, '2026-11-20'), input(2n, 2n, 2n, '2026-11-22'), input(3n, 3n, 3n, '2026-11-21')];
  const two = { ...input(4n, 4n, 4n, '2026-11-01'), instrumentId: 'two' };
  expect(newestOf([...one, two], new Map())).toEqual([one[1], two]);
  expect(newestOf([...one, two], new Map([['two', new Date('2026-11-02')]]))).toEqual([one[1]]);
  expect(newestOf(one, new Map([['one', new Date('2026-11-22')]]))).toEqual([one[1]]);
  expect(newestOf(one, new Map([['one', new Date('2026-11-23')]]))).toEqual([]);
});

it.each([
  [12_345_678n, '12.345678'],
  [37_000_000_000n, '37000'],
  [1n, '0.000001'],
  [500_000n, '0.5'],
  [-1_250_000n, '-1.25'],
  [0n, '0'],
  [10n ** 15n, '1000000000'],
])('%s micros are shown as %s', (micros, text) => {
  expect(showMicros(micros)).toBe(text);
});
