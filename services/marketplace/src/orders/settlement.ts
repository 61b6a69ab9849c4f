import { type Fraction, fraction, minBigint, sumBigint } from '@clearlot/kernel';
import {
  type AssayLimit,
  type AssayValue,
  type Basis,
  brokenLimits,
  dryKg,
  type Ppb,
  wholeSteps,
} from '../commodity/commodity.ts';
import { orderErrors } from './errors.ts';
import type { PriceAdjustment } from './new-order.ts';
import { withTolerance } from './order.ts';

/** What the supplier says is on the way, on the line's basis. */
export interface ShippedItem {
  lineId: string;
  massKg: bigint;
}

/** What the buyer found of a line: mass as it came, its share of water, and what it contains. */
export interface FoundItem {
  lineId: string;
  wetKg: bigint;
  moisturePpb: Ppb;
  assay: AssayValue[];
}

interface LineTerms {
  lineId: string;
  basis: Basis;
  quantityKg: bigint;
  priceMinorPerTonne: bigint;
  limits: readonly AssayLimit[];
  adjustments: readonly PriceAdjustment[];
}

/** One adjustment rule as it applied: whole steps from the reference, and what they add to a tonne. */
interface AppliedAdjustment {
  analyte: string;
  /** Null where nothing was found of it: then nothing is added. */
  foundPpb: Ppb | null;
  steps: bigint;
  minorPerTonne: bigint;
}

/** How one line of a delivery comes to its amount, figure by figure. Masses that need not be whole are decimal text. */
export interface SettlementTerm {
  lineId: string;
  wetKg: bigint;
  moisturePpb: Ppb;
  dryKg: string;
  /** On the line's basis, up to what was outstanding with the tolerance. */
  payableKg: string;
  /** After adjustments. */
  priceMinorPerTonne: bigint;
  adjustments: AppliedAdjustment[];
  /** What the buyer may open a dispute over. */
  brokenLimits: AssayLimit[];
  amountMinor: bigint;
}

export interface DeliverySettlement {
  /** Of what was inspected, or of what was shipped where nobody inspected in time. */
  of: 'inspected' | 'shipped';
  terms: SettlementTerm[];
  /** Σ of the terms. */
  totalMinor: bigint;
  /** The same, up to what escrow has for this delivery. */
  payableMinor: bigint;
}

interface KnownDelivery {
  id: string;
  items: readonly ShippedItem[];
  settlement: DeliverySettlement | null;
}

/** Mass of a line that deliveries have taken: what they are paid for where that is known, else what was shipped. */
function takenKg(deliveries: readonly KnownDelivery[], lineId: string): Fraction {
  return deliveries.reduce((sum, { items, settlement }) => {
    const term = settlement?.terms.find((each) => each.lineId === lineId);
    const shipped = items.find((each) => each.lineId === lineId)?.massKg ?? 0n;
    return fraction.add(sum, term ? readKg(term.payableKg) : fraction.of(shipped));
  }, fraction.of(0n));
}

/** The most that may still be shipped or paid of a line: what is outstanding with the tolerance, in whole kilograms. */
export function mostKg(
  line: { lineId: string; quantityKg: bigint },
  others: readonly KnownDelivery[],
  tolerancePpm: number,
): bigint {
  const outstanding = fraction.sub(fraction.of(line.quantityKg), takenKg(others, line.lineId));
  return outstanding.num <= 0n ? 0n : fraction.floor(withTolerance(outstanding, tolerancePpm));
}

/** True when deliveries have taken the whole quantity of every line. */
export function allTaken(
  lines: readonly { lineId: string; quantityKg: bigint }[],
  deliveries: readonly KnownDelivery[],
): boolean {
  return lines.every(
    ({ lineId, quantityKg }) => fraction.cmp(takenKg(deliveries, lineId), fraction.of(quantityKg)) >= 0,
  );
}

/**
 * Checks a shipment against what is outstanding and answers what it reserves of escrow: its worth at the contract price
 * with the tolerance on top, up to what is available. Errors: MARKETPLACE_ORDER_LINE_UNKNOWN, MARKETPLACE_ORDER_QUANTITY_EXCEEDED.
 */
export function reserveFor(
  items: readonly ShippedItem[],
  order: {
    lines: readonly LineTerms[];
    others: readonly KnownDelivery[];
    tolerancePpm: number;
    availableMinor: bigint;
  },
): bigint {
  const worth = items.map(({ lineId, massKg }, at) => {
    const line = order.lines.find((each) => each.lineId === lineId);
    const pointer = `/items/${at}`;
    if (!line) {
      throw orderErrors.error('MARKETPLACE_ORDER_LINE_UNKNOWN', undefined, [
        { pointer, message: 'is not of this order' },
      ]);
    }
    const most = mostKg(line, order.others, order.tolerancePpm);
    if (massKg > most) {
      const message = `is over the ${most} kg that may still be shipped`;
      throw orderErrors.error('MARKETPLACE_ORDER_QUANTITY_EXCEEDED', undefined, [{ pointer, message }]);
    }
    return amountOf(fraction.of(massKg), line.priceMinorPerTonne);
  });
  const reserve = fraction.ceil(withTolerance(fraction.of(sumBigint(worth)), order.tolerancePpm));
  return minBigint(reserve, order.availableMinor);
}

/**
 * What a delivery pays: for each line its mass on the line's basis (exact), up to what is outstanding with the tolerance,
 * at the price adjusted by what was found, half-even to the minor unit; all of it up to what escrow has for it. Without
 * an inspection the shipped mass counts, at the contract price. Errors: MARKETPLACE_INSPECTION_INCOMPLETE.
 */
export function settleDelivery(
  delivery: { items: readonly ShippedItem[]; inspection: readonly FoundItem[] | null },
  order: {
    lines: readonly LineTerms[];
    others: readonly KnownDelivery[];
    tolerancePpm: number;
    availableMinor: bigint;
  },
): DeliverySettlement {
  const { items, inspection } = delivery;
  if (inspection) checkComplete(items, inspection);
  const terms = items.map(({ lineId, massKg }) => {
    const line = order.lines.find((each) => each.lineId === lineId);
    if (!line) throw orderErrors.error('MARKETPLACE_ORDER_LINE_UNKNOWN', `The order has no line ${lineId}.`);
    const most = fraction.of(mostKg(line, order.others, order.tolerancePpm));
    const found = inspection?.find((each) => each.lineId === lineId);
    return found ? inspectedTerm(line, found, most) : shippedTerm(line, massKg, most);
  });
  const totalMinor = sumBigint(terms.map((each) => each.amountMinor));
  const payableMinor = minBigint(totalMinor, order.availableMinor);
  return { of: inspection ? 'inspected' : 'shipped', terms, totalMinor, payableMinor };
}

function checkComplete(items: readonly ShippedItem[], inspection: readonly FoundItem[]): void {
  const found = new Set(inspection.map((each) => each.lineId));
  const complete = items.every((each) => found.has(each.lineId));
  if (!complete || inspection.length !== items.length) {
    throw orderErrors.error('MARKETPLACE_INSPECTION_INCOMPLETE');
  }
}

function inspectedTerm(line: LineTerms, found: FoundItem, most: Fraction): SettlementTerm {
  const dry = dryKg(found.wetKg, found.moisturePpb);
  const adjustments = line.adjustments.map((rule) => applyAdjustment(rule, found.assay));
  const price = line.priceMinorPerTonne + sumBigint(adjustments.map((each) => each.minorPerTonne));
  const payable = least(line.basis === 'dry' ? dry : fraction.of(found.wetKg), most);
  const priceMinorPerTonne = price > 0n ? price : 0n;
  return {
    lineId: line.lineId,
    wetKg: found.wetKg,
    moisturePpb: found.moisturePpb,
    dryKg: writeKg(dry),
    payableKg: writeKg(payable),
    priceMinorPerTonne,
    adjustments,
    brokenLimits: brokenLimits(line.limits, found.assay),
    amountMinor: amountOf(payable, priceMinorPerTonne),
  };
}

/** Nobody looked, so the supplier's figures stand. */
function shippedTerm(line: LineTerms, massKg: bigint, most: Fraction): SettlementTerm {
  const payable = least(fraction.of(massKg), most);
  return {
    lineId: line.lineId,
    wetKg: massKg,
    moisturePpb: 0n,
    dryKg: massKg.toString(),
    payableKg: writeKg(payable),
    priceMinorPerTonne: line.priceMinorPerTonne,
    adjustments: [],
    brokenLimits: [],
    amountMinor: amountOf(payable, line.priceMinorPerTonne),
  };
}

function applyAdjustment(rule: PriceAdjustment, assay: readonly AssayValue[]): AppliedAdjustment {
  const { analyte, referencePpb, stepPpb, minorPerTonnePerStep } = rule;
  const foundPpb = assay.find((each) => each.analyte === analyte)?.ppb ?? null;
  const steps = foundPpb === null ? 0n : wholeSteps(foundPpb, referencePpb, stepPpb);
  return { analyte, foundPpb, steps, minorPerTonne: steps * minorPerTonnePerStep };
}

function amountOf(massKg: Fraction, priceMinorPerTonne: bigint): bigint {
  return fraction.roundHalfEven(fraction.mul(massKg, fraction.of(priceMinorPerTonne, 1_000n)));
}

function least(a: Fraction, b: Fraction): Fraction {
  return fraction.cmp(a, b) <= 0 ? a : b;
}

// Moisture is whole parts per billion, so nine decimals hold every mass exactly.
const decimals = 9;

/** 19403.5 kg as `19403.5`. */
function writeKg(mass: Fraction): string {
  const scaled = (mass.num * 10n ** BigInt(decimals)) / mass.den;
  const text = scaled.toString().padStart(decimals + 1, '0');
  return `${text.slice(0, -decimals)}.${text.slice(-decimals)}`.replace(/\.?0+$/, '');
}

function readKg(text: string): Fraction {
  const [whole = '0', rest = ''] = text.split('.');
  return fraction.of(BigInt(whole + rest), 10n ** BigInt(rest.length));
}
