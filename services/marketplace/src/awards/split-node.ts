import type { Network } from './split-flow.ts';

/** A split with every choice still to make. Mass in kilograms, flows in units of `unitKg`. */
export interface Search {
  network: Network;
  unitKg: number;
  /** Kilograms of each line beyond whole units: one offer of the line carries them all. */
  rest: readonly number[];
  minKg: readonly number[];
  maxKg: readonly number[];
  /** Offers that are taken together; `whole` ones are taken for all that their lines need, or not at all. */
  groups: readonly { supplier: number; offers: readonly number[] }[];
  groupOf: readonly number[];
  whole: boolean;
  /** What a supplier delivers at least if it delivers anything, and at most. */
  supplierMinKg: number;
  supplierMaxKg: readonly number[];
  suppliersMin: number;
  suppliersMax: number;
}

/** What is decided of a supplier or a group. */
export const [free, taken, left] = [0, 1, 2];
/** The carrier of a rest before there is one. */
export const undecided = -1;

/** What is decided so far: suppliers and groups taken or left, and who carries the rest of a line. */
export interface Node {
  suppliers: number[];
  groups: number[];
  carriers: number[];
  /** 1 for an offer that does not carry its line's rest. */
  barred: number[];
}

/** Whether an offer carries the rest of its line, or still may. */
export function mayCarry(problem: Search, node: Node, line: number, offer: number): boolean {
  const carrier = node.carriers[line];
  return (
    (carrier === undecided || carrier === offer) &&
    node.barred[offer] === 0 &&
    stateOf(problem, node, offer) !== left &&
    at(problem.rest, line) <= at(problem.maxKg, offer)
  );
}

/** What is decided of an offer: its group's state, or left with its supplier. */
export function stateOf(problem: Search, node: Node, offer: number): number {
  const supplier = problem.network.offers[offer]?.supplier ?? 0;
  return at(node.suppliers, supplier) === left ? left : at(node.groups, at(problem.groupOf, offer));
}

/** An array of one value. */
export function filled(length: number, value: number): number[] {
  return new Array<number>(length).fill(value);
}

/** An element that is there. */
export function at(values: readonly number[], index: number): number {
  return values[index] ?? 0;
}
