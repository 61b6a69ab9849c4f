import { awardErrors } from './errors.ts';
import { at, filled, free, left, mayCarry, type Node, type Search, taken, undecided } from './split-node.ts';
import { keyOf, partsOf, type Relaxed, relax } from './split-relaxation.ts';

/** An optimal split: kilograms of each offer. */
export interface Found {
  kg: number[];
  nodes: number;
}

/**
 * The cheapest split, of those the one with the fewest suppliers, of those the one that gives most to earlier suppliers;
 * undefined if there is none. Branch and bound: a node relaxes what is undecided to a transportation problem, whose exact
 * optimum is a bound; it is given up only when that bound cannot be better than a split already found.
 * Errors: MARKETPLACE_AWARD_TOO_HARD after `nodesMax` nodes.
 */
export function search(problem: Search, nodesMax: number): Found | undefined {
  const orderScale = BigInt(problem.network.suppliers) * totalKg(problem) + 1n;
  const offers = problem.network.offers.map((offer) => ({
    ...offer,
    cost: offer.cost * orderScale + BigInt(offer.supplier),
  }));
  const scaled = { ...problem, network: { ...problem.network, offers } };
  const open: Node = {
    suppliers: filled(problem.network.suppliers, free),
    groups: filled(problem.groups.length, free),
    carriers: problem.rest.map((kg) => (kg > 0 ? undecided : 0)),
    barred: filled(offers.length, 0),
  };
  let best: (Pick<Relaxed, 'kg' | 'cost' | 'order'> & { suppliers: number }) | undefined;
  let nodes = 0;

  const relaxed = (node: Node): Relaxed[] => {
    nodes += 1;
    if (nodes > nodesMax) throw awardErrors.error('MARKETPLACE_AWARD_TOO_HARD');
    const found = relax(scaled, node, orderScale);
    return found ? [found] : [];
  };
  const promising = (node: Relaxed) => {
    if (!best || node.cost !== best.cost) return !best || node.cost < best.cost;
    if (node.suppliersLeast !== best.suppliers) return node.suppliersLeast < best.suppliers;
    return node.order < best.order;
  };
  const keep = (kg: number[], suppliers: number) => {
    const { cost, order } = partsOf(keyOf(scaled, kg), orderScale);
    const asCheap = best && cost === best.cost && suppliers <= best.suppliers;
    if (best && cost >= best.cost && !(asCheap && (suppliers < best.suppliers || order < best.order))) return;
    best = { kg, cost, order, suppliers };
  };
  const visit = (node: Relaxed): void => {
    if (!promising(node)) return;
    if (node.trial) {
      const { branch, suppliers } = inspect(scaled, { ...node, ...open, kg: node.trial });
      if (!branch) keep(node.trial, suppliers.length);
      if (!promising(node)) return;
    }
    const { branch, suppliers } = inspect(scaled, node);
    if (!branch) keep(node.kg, suppliers.length);
    // A split as cheap may do with fewer suppliers; the bound does not know of them.
    const spare = suppliers.find((each) => node.suppliers[each] === free);
    const next = branch ?? (promising(node) && spare !== undefined ? ofSupplier(node, spare) : []);
    for (const child of next.flatMap(relaxed).sort(betterFirst)) visit(child);
  };

  for (const node of relaxed(open)) visit(node);
  return best && { kg: best.kg, nodes };
}

/** Who delivers in a node's optimum, and the choice that it breaks something for want of; none if it is a split. */
function inspect(problem: Search, node: Relaxed): { suppliers: number[]; branch?: Node[] } {
  const mass = filled(problem.network.suppliers, 0);
  for (const [index, { supplier }] of problem.network.offers.entries()) {
    mass[supplier] = at(mass, supplier) + at(node.kg, index);
  }
  const suppliers = mass.flatMap((kg, supplier) => (kg > 0 ? supplier : []));
  const open = (supplier: number) => node.suppliers[supplier] === free;
  const heaviest = (among: number[]) => among.toSorted((a, b) => at(mass, b) - at(mass, a))[0];
  const short = heaviest(suppliers.filter((each) => open(each) && at(mass, each) < problem.supplierMinKg));
  const surplus = suppliers.length > problem.suppliersMax ? heaviest(suppliers.filter(open)) : undefined;
  const missing =
    suppliers.length < problem.suppliersMin ? mass.findIndex((kg, each) => kg === 0 && open(each)) : undefined;
  const supplier = short ?? surplus ?? (missing === -1 ? undefined : missing);
  if (supplier !== undefined) return { suppliers, branch: ofSupplier(node, supplier) };
  const group = brokenGroup(problem, node);
  if (group !== undefined) return { suppliers, branch: ofGroup(problem, node, group) };
  const line = brokenRest(problem, node, mass);
  return line === undefined ? { suppliers } : { suppliers, branch: ofCarrier(problem, node, line) };
}

/** An undecided group of which something is taken, but less than there must be; the largest part of one first. */
function brokenGroup({ network, groups, whole, minKg, unitKg }: Search, node: Relaxed): number | undefined {
  let [worst, most]: [number | undefined, number] = [undefined, 0];
  for (const [index, { offers }] of groups.entries()) {
    if (node.groups[index] !== free) continue;
    const kg = offers.reduce((sum, offer) => sum + at(node.kg, offer), 0);
    const least = (offer: number) =>
      whole ? at(network.demand, network.offers[offer]?.line ?? 0) * unitKg : at(minKg, offer);
    if (kg <= most || offers.every((offer) => at(node.kg, offer) >= least(offer))) continue;
    [worst, most] = [index, kg];
  }
  return worst;
}

/** A line whose rest is carried by an assumption, where the assumptions made do not hold together. */
function brokenRest(problem: Search, node: Relaxed, mass: readonly number[]): number | undefined {
  if (!node.carriers.includes(undecided)) return undefined;
  const broken =
    node.kg.some((kg, offer) => kg > at(problem.maxKg, offer) || (kg > 0 && kg < at(problem.minKg, offer))) ||
    node.groups.some((state, group) => state === taken && emptyGroup(problem, node, group)) ||
    mass.some(
      (kg, supplier) =>
        kg > at(problem.supplierMaxKg, supplier) ||
        (node.suppliers[supplier] === taken && kg < Math.max(problem.supplierMinKg, 1)),
    );
  return broken ? node.carriers.indexOf(undecided) : undefined;
}

function emptyGroup({ groups }: Search, node: Relaxed, group: number): boolean {
  return groups[group]?.offers.every((offer) => at(node.kg, offer) === 0) ?? false;
}

function ofSupplier(node: Node, supplier: number): Node[] {
  return [taken, left].map((state) => ({ ...node, suppliers: node.suppliers.with(supplier, state) }));
}

function ofGroup({ groups }: Search, node: Node, group: number): Node[] {
  return [
    {
      ...node,
      groups: node.groups.with(group, taken),
      suppliers: node.suppliers.with(groups[group]?.supplier ?? 0, taken),
    },
    { ...node, groups: node.groups.with(group, left) },
  ];
}

/** The cheapest offer that may carry the rest of a line does, or does not. */
function ofCarrier(problem: Search, node: Node, line: number): Node[] {
  const offer = (problem.network.byLine[line] ?? []).find((each) => mayCarry(problem, node, line, each)) ?? 0;
  const [carries = node] = ofGroup(problem, node, at(problem.groupOf, offer));
  return [
    { ...carries, carriers: node.carriers.with(line, offer) },
    { ...node, barred: node.barred.with(offer, 1) },
  ];
}

function betterFirst(a: Relaxed, b: Relaxed): number {
  if (a.cost !== b.cost) return a.cost < b.cost ? -1 : 1;
  if (a.suppliersLeast !== b.suppliersLeast) return a.suppliersLeast - b.suppliersLeast;
  return a.order < b.order ? -1 : a.order > b.order ? 1 : 0;
}

function totalKg({ network, unitKg, rest }: Search): bigint {
  const units = network.demand.reduce((sum, each) => sum + each, 0);
  return BigInt(units * unitKg) + BigInt(rest.reduce((sum, each) => sum + each, 0));
}
