import { fraction } from '@clearlot/kernel';
import fc from 'fast-check';
import type { SplitConstraints, SplitOffer, SplitProblem } from './split.ts';

/** Small problems with every mode and constraint, and plenty of equal costs. */
export const smallProblems: fc.Arbitrary<SplitProblem> = fc
  .record({
    mode: fc.constantFrom('whole', 'by_line', 'by_share', 'by_share', 'by_share'),
    suppliers: fc.integer({ min: 2, max: 4 }),
    lines: fc.integer({ min: 1, max: 3 }),
  })
  .chain(({ mode, suppliers, lines }) => {
    const quantityMax = suppliers === 4 && lines === 3 ? 3 : lines === 3 ? 4 : 6;
    const ids = Array.from({ length: suppliers }, (_, index) => `s${index}`);
    const offer = fc
      .record({
        there: fc.integer({ min: 0, max: 9 }),
        num: fc.integer({ min: -1, max: 6 }),
        den: fc.integer({ min: 1, max: 3 }),
        minKg: fc.integer({ min: 1, max: 3 }),
        more: fc.integer({ min: 0, max: quantityMax }),
      })
      .map(({ there, num, den, minKg, more }) => ({
        there: there > 0,
        costPerTonne: fraction.of(BigInt(num), BigInt(den)),
        minKg: BigInt(minKg),
        maxKg: BigInt(minKg + more),
      }));
    const maybe = <T>(value: fc.Arbitrary<T>) => fc.oneof(fc.constant(undefined), fc.constant(undefined), value);
    return fc
      .record({
        quantities: fc.array(fc.integer({ min: 1, max: quantityMax }), { minLength: lines, maxLength: lines }),
        lots: fc.array(fc.constantFrom(undefined, undefined, 'lot'), { minLength: lines, maxLength: lines }),
        offers: fc.array(offer, { minLength: lines * suppliers, maxLength: lines * suppliers }),
        lotKg: maybe(fc.constantFrom(2n, 3n)),
        suppliersMin: maybe(fc.integer({ min: 1, max: suppliers })),
        suppliersMax: maybe(fc.integer({ min: 1, max: suppliers })),
        shareMinPpm: maybe(fc.constantFrom(100_000n, 250_000n, 333_333n, 500_000n)),
        shareMaxPpm: maybe(fc.constantFrom(400_000n, 600_000n, 750_000n)),
        supplierMaxKg: maybe(fc.record({ supplier: fc.constantFrom(...ids), kg: fc.bigInt({ min: 0n, max: 6n }) })),
      })
      .map(({ quantities, lots, offers, lotKg, supplierMaxKg, ...limits }): SplitProblem => {
        const constraints: SplitConstraints = {
          ...limits,
          supplierMaxKg: supplierMaxKg && new Map([[supplierMaxKg.supplier, supplierMaxKg.kg]]),
        };
        return {
          mode: mode as SplitProblem['mode'],
          lines: quantities.map((kg, index) => ({ lineId: `l${index}`, quantityKg: BigInt(kg), lot: lots[index] })),
          offers: offers.flatMap(({ there, ...each }, index): SplitOffer[] =>
            there ? [{ ...each, supplierId: `s${Math.floor(index / lines)}`, lineId: `l${index % lines}` }] : [],
          ),
          constraints,
          lotKg,
        };
      });
  });

interface Amounts {
  /** Of each offer, in the order of the problem. */
  kg: bigint[];
}

/** Whether quantities of the offers are a split that the problem allows. Written from its words, not from the solver. */
export function isFeasible({ mode, lines, offers, constraints, lotKg }: SplitProblem, { kg }: Amounts): boolean {
  const sum = (values: bigint[]) => values.reduce((a, b) => a + b, 0n);
  const of = (fits: (offer: SplitOffer) => boolean) => sum(kg.filter((_, index) => fits(offers[index] as SplitOffer)));
  const winners = [...new Set(offers.flatMap((each, index) => ((kg[index] ?? 0n) > 0n ? each.supplierId : [])))];
  const winnersOf = (lineIds: string[]) =>
    new Set(offers.flatMap((each, i) => ((kg[i] ?? 0n) > 0n && lineIds.includes(each.lineId) ? each.supplierId : [])));
  const total = sum(lines.map((line) => line.quantityKg));
  const covered = lines.every((line) => of((each) => each.lineId === line.lineId) === line.quantityKg);
  const within = offers.every(({ minKg, maxKg }, index) => {
    const each = kg[index] ?? 0n;
    return each === 0n || (each >= minKg && each <= maxKg);
  });
  const single =
    mode === 'by_share' ||
    (mode === 'whole'
      ? winners.length === 1
      : lines.every(({ lineId, lot }) => {
          const together =
            lot === undefined ? [lineId] : lines.filter((line) => line.lot === lot).map((line) => line.lineId);
          return winnersOf(together).size === 1;
        }));
  const multiples =
    mode !== 'by_share' ||
    lotKg === undefined ||
    lines.every(({ lineId, quantityKg }) => {
      const odd = kg.filter((each, index) => offers[index]?.lineId === lineId && each % lotKg !== 0n);
      return odd.length === (quantityKg % lotKg === 0n ? 0 : 1);
    });
  const { suppliersMin = 1, suppliersMax = winners.length, shareMinPpm = 0n, shareMaxPpm = 1_000_000n } = constraints;
  const shares = winners.every((id) => {
    const won = of((each) => each.supplierId === id);
    const limit = constraints.supplierMaxKg?.get(id) ?? won;
    return won * 1_000_000n >= shareMinPpm * total && won * 1_000_000n <= shareMaxPpm * total && won <= limit;
  });
  const counted = winners.length >= suppliersMin && winners.length <= suppliersMax;
  return covered && within && single && multiples && shares && counted;
}

/** A split's place among others: its cost, then its suppliers, then what goes to later ones. */
export function scoreOf({ offers }: SplitProblem, { kg }: Amounts) {
  const ids = [...new Set(offers.map((each) => each.supplierId))];
  const cost = offers.reduce(
    (sum, { costPerTonne }, index) =>
      fraction.add(sum, fraction.mul(costPerTonne, fraction.of(kg[index] ?? 0n, 1_000n))),
    fraction.of(0n),
  );
  const suppliers = new Set(offers.flatMap((each, index) => ((kg[index] ?? 0n) > 0n ? each.supplierId : []))).size;
  const order = offers.reduce((sum, each, index) => sum + BigInt(ids.indexOf(each.supplierId)) * (kg[index] ?? 0n), 0n);
  return { cost, suppliers, order };
}

type Score = ReturnType<typeof scoreOf>;

/** The best score of all splits there are, by trying every one; undefined if none is feasible. */
export function bestByTrying(problem: SplitProblem): Score | undefined {
  const { lines, offers } = problem;
  let best: Score | undefined;
  const kg = offers.map(() => 0n);
  const ofLine = lines.map(({ lineId }) => offers.flatMap((each, index) => (each.lineId === lineId ? index : [])));
  const tryLine = (line: number): void => {
    const demand = lines[line]?.quantityKg;
    if (demand === undefined) {
      if (!isFeasible(problem, { kg })) return;
      const score = scoreOf(problem, { kg });
      if (!best || isBetter(score, best)) best = score;
      return;
    }
    const tryOffer = (at: number, left: bigint): void => {
      const offer = ofLine[line]?.[at];
      if (offer === undefined) {
        if (left === 0n) tryLine(line + 1);
        return;
      }
      for (let each = 0n; each <= left; each += 1n) {
        kg[offer] = each;
        tryOffer(at + 1, left - each);
      }
      kg[offer] = 0n;
    };
    tryOffer(0, demand);
  };
  tryLine(0);
  return best;
}

function isBetter(a: Score, b: Score): boolean {
  const apart = fraction.cmp(a.cost, b.cost);
  if (apart !== 0) return apart < 0;
  return a.suppliers === b.suppliers ? a.order < b.order : a.suppliers < b.suppliers;
}
