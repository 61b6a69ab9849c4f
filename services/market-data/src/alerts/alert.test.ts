import { fraction } from '@clearlot/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AlertRule,
  type AlertState,
  movePpm,
  type Reading,
  refreshStaleness,
  stepAlert,
  stepStaleness,
} from './alert.ts';

const start = Date.parse('2026-11-24T09:00:00Z');
const armed: AlertState = { phase: 'armed', sequence: 0n, otherSequence: 0n, lastFiredAt: null };
const above: AlertRule = { direction: 'above', limit: 100n, band: 5n, cooldownMs: 0 };
const reading = (value: bigint, sequence: bigint, minutes = Number(sequence)): Reading => ({
  ...{ value: fraction.of(value), sequence, otherSequence: 0n, at: new Date(start + minutes * 60_000) },
});
const firings = (rule: AlertRule, values: readonly Reading[]) => {
  let state = armed;
  return values.map((each) => {
    const next = stepAlert(rule, state, each);
    state = next.state;
    return next.fired;
  });
};

describe('an alert', () => {
  it('fires beyond its limit, not at it, and again only after the value was back by the band', () => {
    const values = [100n, 101n, 130n, 96n, 101n, 95n, 100n, 101n];
    const fired = firings(
      above,
      values.map((value, index) => reading(value, BigInt(index + 1))),
    );
    expect(values.filter((_, index) => fired[index])).toEqual([101n, 101n]);
    expect(fired).toEqual([false, true, false, false, false, false, false, true]);
  });

  it('below a limit is the mirror image', () => {
    const below: AlertRule = { ...above, direction: 'below' };
    const values = [100n, 99n, 104n, 99n, 105n, 99n].map((value, index) => reading(value, BigInt(index + 1)));
    expect(firings(below, values)).toEqual([false, true, false, false, false, true]);
  });

  it('of moves either way counts their size', () => {
    const either: AlertRule = { direction: 'either', limit: 50_000n, band: 10_000n, cooldownMs: 0 };
    const moves = [movePpm(100n, 105n), movePpm(1000n, 1051n), movePpm(100n, 103n), movePpm(1000n, 949n)];
    const values = moves.map((value, index) => ({ ...reading(0n, BigInt(index + 1)), value }));
    expect(firings(either, values)).toEqual([false, true, false, true]);
  });

  it('that has not cooled down stays armed and fires when it has', () => {
    const rule = { ...above, cooldownMs: 10 * 60_000 };
    const values = [reading(101n, 1n, 0), reading(90n, 2n, 1), reading(101n, 3n, 9), reading(101n, 4n, 10)];
    expect(firings(rule, values)).toEqual([true, false, false, true]);
  });

  it('of two instruments looks again when either has a new figure, and never at an older one', () => {
    const pair = (sequence: bigint, otherSequence: bigint) => ({ ...reading(101n, sequence), otherSequence });
    const seen = { ...armed, sequence: 3n, otherSequence: 3n };
    const fired = (each: Reading) => stepAlert(above, seen, each).fired;
    expect([pair(4n, 3n), pair(3n, 4n), pair(3n, 3n), pair(4n, 2n), pair(2n, 9n)].map(fired)).toEqual([
      ...[true, true, false, false, false],
    ]);
  });
});

describe('a staleness alert', () => {
  const rule: AlertRule = { direction: 'above', limit: 1000n, band: 0n, cooldownMs: 0 };
  const newest = (sequence: bigint, ageMs: number) => ({ sequence, ageMs, at: new Date(start) });

  it('fires once for a figure that is too old, and is armed by the next', () => {
    let state = armed;
    const look = (sequence: bigint, ageMs: number) => {
      const next = stepStaleness(rule, state, newest(sequence, ageMs));
      state = next.state;
      return next.fired;
    };
    expect([look(1n, 1000), look(1n, 1001), look(1n, 9999), look(2n, 5), look(2n, 1001)]).toEqual([
      ...[false, true, false, false, true],
    ]);
    expect(refreshStaleness(state, 2n)).toBe(state);
    expect(refreshStaleness(state, 3n)).toMatchObject({ phase: 'armed', sequence: 3n });
  });
});

describe('whatever comes, in whatever order and however often', () => {
  const rule = fc.record({
    direction: fc.constantFrom('above', 'below', 'either'),
    limit: fc.bigInt(-20n, 20n),
    band: fc.bigInt(0n, 10n),
    cooldownMs: fc.integer({ min: 0, max: 300_000 }),
  }) satisfies fc.Arbitrary<AlertRule>;
  const deliveries = fc.array(
    fc.record({ value: fc.bigInt(-40n, 40n), sequence: fc.bigInt(1n, 30n), other: fc.bigInt(0n, 5n), wait: fc.nat(9) }),
    { maxLength: 80 },
  );

  it('two firings have a re-arming between them, a cool-down too, and no figure fires twice', () => {
    fc.assert(
      fc.property(rule, deliveries, (each, list) => {
        let state = armed;
        let at = start;
        let fired: { at: number; key: string }[] = [];
        let rearmed = true;
        for (const { value, sequence, other, wait } of list) {
          at += wait * 60_000;
          const next = stepAlert(each, state, {
            ...{ value: fraction.of(value), sequence, otherSequence: other, at: new Date(at) },
          });
          if (next.fired) {
            expect(rearmed).toBe(true);
            expect(fired.map(({ key }) => key)).not.toContain(`${sequence}/${other}`);
            const last = fired.at(-1);
            if (last) expect(at - last.at).toBeGreaterThanOrEqual(each.cooldownMs);
            fired = [...fired, { at, key: `${sequence}/${other}` }];
            rearmed = false;
          }
          if (next.state.phase === 'armed') rearmed = true;
          state = next.state;
        }
      }),
      { numRuns: 500 },
    );
  });

  it('a history with repetitions fires exactly as the history without', () => {
    const history = fc.array(fc.bigInt(-40n, 40n), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(rule, history, fc.array(fc.nat(29), { maxLength: 60 }), (each, values, repeats) => {
        const once = values.map((value, index) => reading(value, BigInt(index + 1)));
        const clean = firings(each, once).filter(Boolean).length;
        // Every reading comes in order at least once; any earlier one may come again at any time.
        const noisy = once.flatMap((value, index) => [
          value,
          ...repeats.filter((_, at) => at % once.length === index).flatMap((other) => once[other % (index + 1)] ?? []),
        ]);
        expect(firings(each, noisy).filter(Boolean)).toHaveLength(clean);
      }),
      { numRuns: 500 },
    );
  });
});
