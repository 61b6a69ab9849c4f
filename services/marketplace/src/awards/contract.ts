import { canMove, type Transitions } from '@clearlot/kernel';
import type { AssayLimit, AssayValue, Ppb } from '../commodity/commodity.ts';
import { brokenLimits } from '../commodity/commodity.ts';
import type { NewOrder, NewOrderLine, PriceAdjustment } from '../orders/new-order.ts';
import { awardErrors } from './errors.ts';

export type ContractStatus = 'requested' | 'issued' | 'signed' | 'cancelled';

/** A contract's way: drawn by documents, then signed by both sides, or given up when it takes too long. */
export const contractTransitions: Transitions<ContractStatus> = {
  requested: ['issued', 'cancelled'],
  issued: ['signed', 'cancelled'],
  signed: [],
  cancelled: [],
};

/** Errors: MARKETPLACE_CONTRACT_WRONG_STATUS naming both statuses. */
export function moveContract(from: ContractStatus, to: ContractStatus): ContractStatus {
  if (!canMove(contractTransitions, from, to)) {
    throw awardErrors.error('MARKETPLACE_CONTRACT_WRONG_STATUS', `It is ${from} and cannot become ${to}.`);
  }
  return to;
}

/** What becomes of an award with these contracts: undecided while one is open, contracted if any is signed. */
export function outcomeOf(statuses: readonly ContractStatus[]): 'open' | 'contracted' | 'cancelled' {
  if (statuses.some((status) => status === 'requested' || status === 'issued')) return 'open';
  return statuses.includes('signed') ? 'contracted' : 'cancelled';
}

type Stored<T> = T extends bigint
  ? string
  : T extends Date
    ? string
    : T extends (infer E)[]
      ? Stored<E>[]
      : T extends object
        ? { [K in keyof T]: Stored<T[K]> }
        : T;

/** A line of an order as a JSON column holds it: whole numbers and instants are text. */
export type StoredLine = Stored<NewOrderLine>;
/** An order before there is one, as a JSON column holds it. */
export type StoredOrder = Stored<NewOrder>;

export function storeLine(line: NewOrderLine): StoredLine {
  return {
    ...line,
    limits: line.limits.map(({ analyte, minPpb, maxPpb }) => ({
      analyte,
      minPpb: minPpb?.toString() ?? null,
      maxPpb: maxPpb?.toString() ?? null,
    })),
    adjustments: line.adjustments.map((each) => ({
      analyte: each.analyte,
      referencePpb: each.referencePpb.toString(),
      stepPpb: each.stepPpb.toString(),
      minorPerTonnePerStep: each.minorPerTonnePerStep.toString(),
    })),
    quantityKg: line.quantityKg.toString(),
    priceMinorPerTonne: line.priceMinorPerTonne.toString(),
    amountMinor: line.amountMinor.toString(),
    deliverFrom: line.deliverFrom.toISOString(),
    deliverTo: line.deliverTo.toISOString(),
  };
}

/** The line that {@link storeLine} stored. */
export function readLine(line: StoredLine): NewOrderLine {
  const whole = (text: string | null) => (text === null ? null : BigInt(text));
  return {
    ...line,
    limits: line.limits.map(({ analyte, minPpb, maxPpb }) => ({
      analyte,
      minPpb: whole(minPpb),
      maxPpb: whole(maxPpb),
    })),
    adjustments: line.adjustments.map((each) => ({
      analyte: each.analyte,
      referencePpb: BigInt(each.referencePpb),
      stepPpb: BigInt(each.stepPpb),
      minorPerTonnePerStep: BigInt(each.minorPerTonnePerStep),
    })),
    quantityKg: BigInt(line.quantityKg),
    priceMinorPerTonne: BigInt(line.priceMinorPerTonne),
    amountMinor: BigInt(line.amountMinor),
    deliverFrom: new Date(line.deliverFrom),
    deliverTo: new Date(line.deliverTo),
  };
}

export function storeOrder(order: NewOrder): StoredOrder {
  return { ...order, lines: order.lines.map(storeLine) };
}

/** The order that {@link storeOrder} stored. */
export function readOrder(order: StoredOrder): NewOrder {
  return { ...order, lines: order.lines.map(readLine) };
}

/**
 * The limits a contract holds an offer to: the line's, but where an alternate promises something else than a limit, what it
 * promises. A limit that it says nothing of is left out.
 */
export function agreedLimits(limits: readonly AssayLimit[], promised: readonly AssayValue[]): AssayLimit[] {
  const broken = new Set(brokenLimits(limits, promised));
  return limits.flatMap((limit) => {
    if (!broken.has(limit)) return limit;
    const value = promised.find(({ analyte }) => analyte === limit.analyte)?.ppb;
    if (value === undefined) return [];
    const { analyte, minPpb, maxPpb } = limit;
    return {
      analyte,
      minPpb: minPpb !== null && value < minPpb ? value : minPpb,
      maxPpb: maxPpb !== null && value > maxPpb ? value : maxPpb,
    };
  });
}

/**
 * The price adjustments of a contract. Where offers were compared at the reference grade, a price is for what its offer
 * promises, so what is found is measured against that; otherwise it is for the reference, as the RFQ says.
 */
export function agreedAdjustments(
  adjustments: readonly PriceAdjustment[],
  promised: readonly AssayValue[],
  normalised: boolean,
): PriceAdjustment[] {
  return adjustments.map((each) => {
    const value = promised.find(({ analyte }) => analyte === each.analyte)?.ppb;
    return normalised && value !== undefined ? { ...each, referencePpb: value } : each;
  });
}

/** Limits in words: `Li2CO3 ≥ 99.5 %; Na ≤ 250 ppm`. */
export function specificationOf(limits: readonly AssayLimit[]): string {
  return limits
    .map(({ analyte, minPpb, maxPpb }) => {
      const ends = [
        minPpb === null ? [] : `≥ ${shareInWords(minPpb)}`,
        maxPpb === null ? [] : `≤ ${shareInWords(maxPpb)}`,
      ];
      return `${analyte} ${ends.flat().join(' and ')}`;
    })
    .join('; ');
}

/** A share in the unit the industry would use: per cent from a tenth of one, else ppm or ppb. Exact. */
function shareInWords(ppb: Ppb): string {
  if (ppb >= 1_000_000n) return `${decimal(ppb, 7)} %`;
  return ppb >= 1_000n ? `${decimal(ppb, 3)} ppm` : `${ppb} ppb`;
}

function decimal(value: bigint, digits: number): string {
  const text = value.toString().padStart(digits + 1, '0');
  const fractionText = text.slice(-digits).replace(/0+$/, '');
  return text.slice(0, -digits) + (fractionText ? `.${fractionText}` : '');
}
