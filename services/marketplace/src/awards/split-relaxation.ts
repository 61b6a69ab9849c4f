import { minBigint } from '@clearlot/kernel';
import { type Bounds, cheapestFlow } from './split-flow.ts';
import { at, filled, free, left, mayCarry, type Node, type Search, stateOf, taken, undecided } from './split-node.ts';
import { restBound } from './split-rests.ts';

export interface Relaxed extends Node {
  kg: number[];
  cost: bigint;
  /** Σ supplier × kilograms: the less, the more goes to earlier suppliers. */
  order: bigint;
  /** No split of this node has fewer. */
  suppliersLeast: number;
  /** Quantities that may be a split of the problem, though not the node's optimum. */
  trial?: number[];
}

/** Σ cost × kilograms. */
export function keyOf({ network }: Search, kg: readonly number[]): bigint {
  let key = 0n;
  for (const [index, { cost }] of network.offers.entries()) {
    const each = at(kg, index);
    if (each > 0) key += cost * BigInt(each);
  }
  return key;
}

/** The two parts of a key: what it costs, and its order. */
export function partsOf(key: bigint, orderScale: bigint): { cost: bigint; order: bigint } {
  const order = ((key % orderScale) + orderScale) % orderScale;
  return { cost: (key - order) / orderScale, order };
}

/** The optimum over the offers of a node with everything undecided let go of: a bound, and maybe the answer. */
export function relax(problem: Search, node: Node, orderScale: bigint): Relaxed | undefined {
  const suppliers = settleCounts(problem, node.suppliers);
  if (!suppliers) return undefined;
  const settled = { ...node, suppliers };
  const carriers = cheapestCarriers(problem, settled);
  const bounds = carriers && boundsOf(problem, settled);
  const suppliersLeast = bounds && leastSuppliers(problem, suppliers, bounds);
  if (suppliersLeast === undefined || suppliersLeast > problem.suppliersMax) return undefined;
  const found = cheapestFlow(problem.network, bounds as Bounds);
  if (!found) return undefined;
  const kg = found.flow.map((units) => units * problem.unitKg);
  for (const [line, offer] of (carriers ?? []).entries()) {
    if (at(problem.rest, line) > 0) kg[offer] = at(kg, offer) + at(problem.rest, line);
  }
  const key = keyOf(problem, kg);
  const relaxed = { ...settled, kg, suppliersLeast };
  if (!node.carriers.includes(undecided)) return { ...relaxed, ...partsOf(key, orderScale) };
  const rests = restBound(problem, settled, found.prices);
  if (!rests) return undefined;
  const bound = -minBigint(-rests.key, -key);
  return { ...relaxed, ...partsOf(bound, orderScale), trial: rests.kg };
}

/** Suppliers that a limit on their number decides; undefined if it cannot be met any more. */
function settleCounts({ suppliersMin, suppliersMax }: Search, suppliers: readonly number[]): number[] | undefined {
  const count = (state: number) => suppliers.filter((each) => each === state).length;
  const [chosen, open] = [count(taken), count(free)];
  if (chosen > suppliersMax || chosen + open < suppliersMin) return undefined;
  if (chosen === suppliersMax) return suppliers.map((each) => (each === free ? left : each));
  if (chosen + open === suppliersMin) return suppliers.map((each) => (each === free ? taken : each));
  return [...suppliers];
}

/** For each line with a rest the offer that carries it, or the cheapest that still may; undefined if none may. */
function cheapestCarriers(problem: Search, node: Node): number[] | undefined {
  const carriers: number[] = [];
  for (const [line, kg] of problem.rest.entries()) {
    if (kg === 0) {
      carriers.push(0);
      continue;
    }
    const offer = (problem.network.byLine[line] ?? []).find((each) => mayCarry(problem, node, line, each));
    if (offer === undefined) return undefined;
    carriers.push(offer);
  }
  return carriers;
}

function boundsOf(problem: Search, node: Node): Bounds {
  const { network, unitKg, rest, minKg, maxKg, whole } = problem;
  const carriedLeast = filled(network.suppliers, 0);
  const carriedMost = filled(network.suppliers, 0);
  const [low, high]: [number[], number[]] = [[], []];
  const lineOfSupplier = new Set<string>();
  for (const [index, { supplier, line }] of network.offers.entries()) {
    const state = stateOf(problem, node, index);
    const demand = at(network.demand, line);
    if (state === left) {
      low.push(0);
      high.push(0);
    } else if (whole) {
      low.push(state === taken ? demand : 0);
      high.push(demand);
    } else {
      const carries = at(rest, line) > 0 && mayCarry(problem, node, line, index);
      const most = carries ? at(rest, line) : 0;
      const least = carries && node.carriers[line] === index ? most : 0;
      low.push(state === taken ? unitsFrom(Math.max(at(minKg, index), 1) - most, unitKg) : 0);
      high.push(Math.floor((at(maxKg, index) - least) / unitKg));
      carriedLeast[supplier] = at(carriedLeast, supplier) + least;
      // Two offers of a supplier on one line carry its rest once.
      const key = `${supplier}:${line}`;
      if (most > 0 && !lineOfSupplier.has(key)) {
        lineOfSupplier.add(key);
        carriedMost[supplier] = at(carriedMost, supplier) + most;
      }
    }
  }
  const supplierLow = node.suppliers.map((state, supplier) =>
    state === taken ? unitsFrom(Math.max(problem.supplierMinKg, 1) - at(carriedMost, supplier), unitKg) : 0,
  );
  const supplierHigh = node.suppliers.map((state, supplier) =>
    state === left ? 0 : Math.floor((at(problem.supplierMaxKg, supplier) - at(carriedLeast, supplier)) / unitKg),
  );
  return { low, high, supplierLow, supplierHigh };
}

/** At least so many suppliers are in any split of this node: those taken, or as many as the largest need to be. */
function leastSuppliers(problem: Search, suppliers: readonly number[], bounds: Bounds): number {
  const { network } = problem;
  const room = filled(network.suppliers, 0);
  for (const [index, { supplier, line }] of network.offers.entries()) {
    room[supplier] = at(room, supplier) + Math.min(at(bounds.high, index), at(network.demand, line));
  }
  const most = room.map((units, supplier) => Math.max(0, Math.min(units, at(bounds.supplierHigh, supplier))));
  const chosen = suppliers.filter((state) => state === taken).length;
  let need = network.demand.reduce((sum, units) => sum + units, 0);
  for (const [supplier, state] of suppliers.entries()) if (state === taken) need -= at(most, supplier);
  const others = most.filter((_, supplier) => suppliers[supplier] === free).sort((a, b) => b - a);
  let count = chosen;
  for (const units of others) {
    if (need <= 0) break;
    need -= units;
    count += 1;
  }
  return Math.max(count, problem.suppliersMin);
}

function unitsFrom(kg: number, unitKg: number): number {
  return Math.max(0, Math.ceil(kg / unitKg));
}
