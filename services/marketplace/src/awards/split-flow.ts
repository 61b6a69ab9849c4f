/** Who can deliver what at which cost: offers join a supplier and a line. Costs are exact whole numbers per unit. */
export interface Network {
  suppliers: number;
  /** Units each line needs. */
  demand: readonly number[];
  offers: readonly { supplier: number; line: number; cost: bigint }[];
  /** Offers of a line, the cheapest first, and of a supplier. */
  byLine: readonly (readonly number[])[];
  bySupplier: readonly (readonly number[])[];
}

/** Units of each offer and of each supplier, at least and at most. */
export interface Bounds {
  low: readonly number[];
  high: readonly number[];
  supplierLow: readonly number[];
  supplierHigh: readonly number[];
}

/**
 * The cheapest units of each offer that give every line exactly what it needs within all bounds; undefined if there are
 * none. Whole bounds give whole units, so this is the exact optimum of the transportation problem.
 *
 * Each line first takes its cheapest offers. That is optimal while suppliers have no bounds; what they have too much or
 * too little of then moves along shortest paths between them, and each move keeps it optimal (successive shortest paths).
 * `prices` are what a unit of each supplier's capacity is worth there: the dual of its bounds.
 */
export function cheapestFlow(network: Network, bounds: Bounds): { flow: number[]; prices: bigint[] } | undefined {
  const flow = greedy(network, bounds);
  const prices = flow && repair(network, bounds, flow);
  return prices && { flow, prices };
}

function greedy({ demand, byLine }: Network, { low, high }: Bounds): number[] | undefined {
  if (low.some((least, offer) => least > at(high, offer))) return undefined;
  const flow = [...low];
  for (const [line, offers] of byLine.entries()) {
    let left = demand[line] ?? 0;
    for (const offer of offers) left -= at(low, offer);
    if (left < 0) return undefined;
    for (const offer of offers) {
      if (left === 0) break;
      const more = Math.min(left, at(high, offer) - at(low, offer));
      if (more <= 0) continue;
      flow[offer] = at(flow, offer) + more;
      left -= more;
    }
    if (left > 0) return undefined;
  }
  return flow;
}

/** Nodes: the suppliers, then the lines, then the hub that every supplier's mass comes from. */
function repair(network: Network, bounds: Bounds, flow: number[]): bigint[] | undefined {
  const { suppliers, demand } = network;
  const hub = suppliers + demand.length;
  const { supplierLow, supplierHigh } = bounds;
  const mass = new Array<number>(suppliers).fill(0);
  for (const [index, { supplier }] of network.offers.entries()) {
    mass[supplier] = at(mass, supplier) + at(flow, index);
  }
  if (mass.every((each, s) => each >= at(supplierLow, s) && each <= at(supplierHigh, s))) return mass.map(() => 0n);
  // What the hub gives is within bounds from the start; `excess` is what a node has more than it passes on.
  const given = mass.map((each, s) => Math.min(Math.max(each, at(supplierLow, s)), at(supplierHigh, s)));
  if (given.some((each, s) => each < at(supplierLow, s))) return undefined;
  const excess = new Array<number>(hub + 1).fill(0);
  for (let s = 0; s < suppliers; s += 1) excess[s] = at(given, s) - at(mass, s);
  excess[hub] = -excess.reduce((sum, each) => sum + each, 0);
  for (;;) {
    const from = excess.findIndex((each) => each > 0);
    if (from < 0) {
      const { distance } = shortestPaths(network, bounds, flow, given, hub);
      return mass.map((_, s) => distance[s] ?? 0n);
    }
    const paths = shortestPaths(network, bounds, flow, given, from);
    const to = nearest(excess, paths.distance);
    if (to === undefined) return undefined;
    move(network, bounds, { flow, given, excess }, paths.arrivals, from, to);
  }
}

/** The last step of a path: an offer that gets more (supplier to line) or less (line to supplier), or the hub's (−1). */
interface Arrival {
  from: number;
  offer: number;
}

function shortestPaths(network: Network, bounds: Bounds, flow: number[], given: number[], from: number) {
  const { suppliers, demand, offers, byLine, bySupplier } = network;
  const hub = suppliers + demand.length;
  const distance: (bigint | undefined)[] = new Array(hub + 1).fill(undefined);
  const arrivals: Arrival[] = [];
  const waiting = new Uint8Array(hub + 1);
  const queue = [from];
  distance[from] = 0n;
  // Costs below zero are possible, a circle of them is not: the flow is optimal for what the nodes pass on.
  for (let next = 0; next < queue.length; next += 1) {
    const node = queue[next] ?? hub;
    const soFar = distance[node] ?? 0n;
    waiting[node] = 0;
    const reach = (to: number, cost: bigint, offer: number) => {
      const length = soFar + cost;
      const known = distance[to];
      if (known !== undefined && known <= length) return;
      distance[to] = length;
      arrivals[to] = { from: node, offer };
      if (waiting[to] === 1) return;
      waiting[to] = 1;
      queue.push(to);
    };
    if (node === hub) {
      for (let s = 0; s < suppliers; s += 1) if (at(given, s) < at(bounds.supplierHigh, s)) reach(s, 0n, -1);
    } else if (node < suppliers) {
      if (at(given, node) > at(bounds.supplierLow, node)) reach(hub, 0n, -1);
      for (const index of bySupplier[node] ?? []) {
        const offer = offers[index];
        if (offer && at(flow, index) < at(bounds.high, index)) reach(suppliers + offer.line, offer.cost, index);
      }
    } else {
      for (const index of byLine[node - suppliers] ?? []) {
        const offer = offers[index];
        if (offer && at(flow, index) > at(bounds.low, index)) reach(offer.supplier, -offer.cost, index);
      }
    }
  }
  return { distance, arrivals };
}

/** The nearest node that lacks something, the first of equals. */
function nearest(excess: readonly number[], distance: readonly (bigint | undefined)[]): number | undefined {
  let [best, length]: [number | undefined, bigint] = [undefined, 0n];
  for (const [node, each] of excess.entries()) {
    const found = distance[node];
    if (each >= 0 || found === undefined || (best !== undefined && found >= length)) continue;
    [best, length] = [node, found];
  }
  return best;
}

function move(
  { suppliers, demand }: Network,
  bounds: Bounds,
  state: { flow: number[]; given: number[]; excess: number[] },
  arrivals: readonly Arrival[],
  from: number,
  to: number,
): void {
  const { flow, given, excess } = state;
  const hub = suppliers + demand.length;
  const steps: { to: number; from: number; offer: number }[] = [];
  for (let node = to; node !== from; ) {
    const arrival = arrivals[node];
    if (!arrival) throw new Error('a shortest path has a gap');
    steps.push({ to: node, ...arrival });
    node = arrival.from;
  }
  let units = Math.min(at(excess, from), -at(excess, to));
  for (const step of steps) {
    if (step.offer >= 0) {
      const grows = step.from < suppliers;
      const room = grows
        ? at(bounds.high, step.offer) - at(flow, step.offer)
        : at(flow, step.offer) - at(bounds.low, step.offer);
      units = Math.min(units, room);
    } else if (step.from === hub) {
      units = Math.min(units, at(bounds.supplierHigh, step.to) - at(given, step.to));
    } else {
      units = Math.min(units, at(given, step.from) - at(bounds.supplierLow, step.from));
    }
  }
  for (const step of steps) {
    if (step.offer >= 0) flow[step.offer] = at(flow, step.offer) + (step.from < suppliers ? units : -units);
    else if (step.from === hub) given[step.to] = at(given, step.to) + units;
    else given[step.from] = at(given, step.from) - units;
  }
  excess[from] = at(excess, from) - units;
  excess[to] = at(excess, to) + units;
}

function at(values: ArrayLike<number>, index: number): number {
  return values[index] ?? 0;
}
