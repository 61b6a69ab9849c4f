import { type Fraction, fraction, minBigint, sumBigint } from '@clearlot/kernel';
import type { Network } from './split-flow.ts';
import type { Search } from './split-node.ts';
import { search } from './split-search.ts';

/** Who may win what: one supplier everything, one supplier each line or lot, or several suppliers a line. */
export const splitModes = ['whole', 'by_line', 'by_share'] as const;
export type SplitMode = (typeof splitModes)[number];

export interface SplitLine {
  lineId: string;
  quantityKg: bigint;
  /** Lines of one lot go to one supplier, unless lines are shared. */
  lot?: string | undefined;
}

export interface SplitOffer {
  supplierId: string;
  lineId: string;
  /** What the offer is compared by, in minor units. */
  costPerTonne: Fraction;
  /** What the supplier delivers of the line if it delivers any, at least and at most. */
  minKg: bigint;
  maxKg: bigint;
}

/** Limits on a split; shares are parts per million of all that is awarded. */
export interface SplitConstraints {
  suppliersMin?: number | undefined;
  suppliersMax?: number | undefined;
  /** Of every supplier that wins anything. */
  shareMinPpm?: bigint | undefined;
  shareMaxPpm?: bigint | undefined;
  supplierMaxKg?: ReadonlyMap<string, bigint> | undefined;
}

export interface SplitProblem<O extends SplitOffer = SplitOffer> {
  mode: SplitMode;
  lines: readonly SplitLine[];
  /** In the order of submission: equal splits go to the earlier. */
  offers: readonly O[];
  constraints: SplitConstraints;
  /** Shares are multiples of this, except that one offer of each line carries the rest of it. One kilogram if absent. */
  lotKg?: bigint | undefined;
}

export interface Split<O extends SplitOffer = SplitOffer> {
  items: { offer: O; quantityKg: bigint }[];
  /** Σ cost per tonne × tonnes, exactly, in minor units. */
  cost: Fraction;
  supplierIds: string[];
  /** How many nodes the proof took. */
  nodes: number;
}

/** A few seconds at 12 suppliers and 20 lines. A search that needs more answers nothing rather than something unproven. */
const splitNodesMax = 6_000;

const million = 1_000_000n;

/**
 * The split of all lines over the offers that costs least, exactly and provably; of equal ones that with the fewest
 * suppliers, then that which gives most to earlier suppliers. Undefined if no split meets the constraints. Quantities are
 * whole kilograms below 2^53 in sum. Errors: MARKETPLACE_AWARD_TOO_HARD when the proof takes more than `nodesMax` nodes.
 */
export function findSplit<O extends SplitOffer>(
  problem: SplitProblem<O>,
  nodesMax = splitNodesMax,
): Split<O> | undefined {
  const supplierIds = [...new Set(problem.offers.map(({ supplierId }) => supplierId))];
  const groups = offerGroups(problem);
  const found = search(toSearch(problem, groups, supplierIds), nodesMax);
  if (!found) return undefined;
  const kgOf = new Map(groups.flat().map((offer, index) => [offer, BigInt(found.kg[index] ?? 0)]));
  const items = problem.lines.flatMap(({ lineId }) =>
    problem.offers.flatMap((offer) => {
      const quantityKg = offer.lineId === lineId ? (kgOf.get(offer) ?? 0n) : 0n;
      return quantityKg > 0n ? { offer, quantityKg } : [];
    }),
  );
  const winners = new Set(items.map(({ offer }) => offer.supplierId));
  return {
    items,
    cost: splitCost(items),
    supplierIds: supplierIds.filter((id) => winners.has(id)),
    nodes: found.nodes,
  };
}

/** Σ cost per tonne × tonnes, exactly, in minor units. */
export function splitCost(items: readonly { offer: SplitOffer; quantityKg: bigint }[]): Fraction {
  return items.reduce((sum, { offer, quantityKg }) => {
    const tonnes = fraction.of(quantityKg, 1_000n);
    return fraction.add(sum, fraction.mul(offer.costPerTonne, tonnes));
  }, fraction.of(0n));
}

/**
 * Offers that are taken or left together: each for itself where lines are shared; else the offers of a supplier that
 * together cover a lot, on each line its cheapest that can deliver the line whole.
 */
function offerGroups<O extends SplitOffer>({ mode, lines, offers }: SplitProblem<O>): O[][] {
  const lineOf = new Map(lines.map((line) => [line.lineId, line]));
  const fits = offers.filter(({ lineId, minKg }) => minKg <= (lineOf.get(lineId)?.quantityKg ?? -1n));
  if (mode === 'by_share') return fits.map((offer) => [offer]);
  const lotOf = ({ lineId, lot }: SplitLine) =>
    mode === 'whole' ? '' : lot === undefined ? `line ${lineId}` : `lot ${lot}`;
  const linesOf = Map.groupBy(lines, lotOf);
  const groups = new Map<string, Map<string, O>>();
  for (const offer of fits) {
    const line = lineOf.get(offer.lineId);
    if (!line || offer.maxKg < line.quantityKg) continue;
    const key = JSON.stringify([offer.supplierId, lotOf(line)]);
    const group = groups.get(key) ?? new Map<string, O>();
    const other = group.get(offer.lineId);
    if (!other || fraction.cmp(offer.costPerTonne, other.costPerTonne) < 0) group.set(offer.lineId, offer);
    groups.set(key, group);
  }
  return [...groups].flatMap(([key, group]) => {
    const [, lot] = JSON.parse(key) as [string, string];
    return group.size === linesOf.get(lot)?.length ? [[...group.values()]] : [];
  });
}

/** The problem in numbers: costs over one denominator, everything by its index. */
function toSearch(
  { mode, lines, constraints, lotKg }: SplitProblem,
  groups: readonly (readonly SplitOffer[])[],
  supplierIds: readonly string[],
): Search {
  const { suppliersMin = 1, suppliersMax = supplierIds.length, shareMinPpm = 0n, shareMaxPpm = million } = constraints;
  const unitKg = mode === 'by_share' ? (lotKg ?? 1n) : 1n;
  const total = sumBigint(lines.map(({ quantityKg }) => quantityKg));
  const shareMaxKg = (total * shareMaxPpm) / million;
  const offers = groups.flat();
  const groupOf = groups.flatMap((group, index) => group.map(() => index));
  const indexes = Map.groupBy(groupOf.keys(), (offer) => groupOf[offer] ?? 0);
  return {
    network: toNetwork(lines, offers, supplierIds, unitKg),
    unitKg: Number(unitKg),
    rest: lines.map(({ quantityKg }) => Number(quantityKg % unitKg)),
    minKg: offers.map(({ minKg }) => Number(minKg)),
    maxKg: offers.map(({ maxKg }) => Number(maxKg)),
    groups: groups.map((group, index) => ({
      supplier: supplierIds.indexOf(group[0]?.supplierId ?? ''),
      offers: indexes.get(index) ?? [],
    })),
    groupOf,
    whole: mode !== 'by_share',
    supplierMinKg: Number((total * shareMinPpm + million - 1n) / million),
    supplierMaxKg: supplierIds.map((id) =>
      Number(minBigint(shareMaxKg, constraints.supplierMaxKg?.get(id) ?? shareMaxKg)),
    ),
    suppliersMin,
    suppliersMax,
  };
}

function toNetwork(
  lines: readonly SplitLine[],
  offers: readonly SplitOffer[],
  supplierIds: readonly string[],
  unitKg: bigint,
): Network {
  const common = offers.reduce(
    (den, { costPerTonne }) => fraction.of(den, costPerTonne.den).num * costPerTonne.den,
    1n,
  );
  const supplierOf = new Map(supplierIds.map((id, index) => [id, index]));
  const indexed = offers.map(({ supplierId, lineId, costPerTonne }) => ({
    supplier: supplierOf.get(supplierId) ?? 0,
    line: lines.findIndex((line) => line.lineId === lineId),
    cost: costPerTonne.num * (common / costPerTonne.den),
  }));
  const cheapestFirst = (a: number, b: number) => {
    const [left, right] = [indexed[a], indexed[b]];
    if (!left || !right) return 0;
    return left.cost === right.cost ? left.supplier - right.supplier : left.cost < right.cost ? -1 : 1;
  };
  const where = (fits: (offer: (typeof indexed)[number]) => boolean) =>
    [...indexed.keys()].filter((index) => indexed[index] && fits(indexed[index]));
  return {
    suppliers: supplierIds.length,
    demand: lines.map(({ quantityKg }) => Number(quantityKg / unitKg)),
    offers: indexed,
    byLine: lines.map((_, line) => where((offer) => offer.line === line).sort(cheapestFirst)),
    bySupplier: supplierIds.map((_, supplier) => where((offer) => offer.supplier === supplier)),
  };
}
