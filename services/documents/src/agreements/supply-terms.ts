import type { ContractRequested } from '@clearlot/proto/marketplace/v1/events';
import { documentsErrors } from '../errors.ts';
import type { SupplyLine, SupplyTerms } from './contract.ts';

/** Terms as JSON keeps them: exact numbers and instants are text. */
export interface StoredSupplyTerms extends Omit<SupplyTerms, 'lines'> {
  lines: { [K in keyof SupplyLine]: string }[];
}

/**
 * The terms of a contract as it was requested. It has lines, each with its delivery window, and they add up to its amount.
 * Errors: DOCUMENTS_CONTRACT_INVALID.
 */
export function supplyTermsOf(event: ContractRequested): SupplyTerms {
  const { supplierName, incoterm, place, quantityTolerancePpm, inspectionDays, amountMinor } = event;
  const lines = event.lines.map(({ deliverFrom, deliverTo, ...line }): SupplyLine => {
    if (!deliverFrom || !deliverTo) throw invalid(`Line ${line.lineId} has no delivery window.`);
    return { ...line, deliverFrom, deliverTo };
  });
  const sum = lines.reduce((total, line) => total + line.amountMinor, 0n);
  if (lines.length === 0 || sum !== amountMinor)
    throw invalid(`Its lines come to ${sum}, its amount is ${amountMinor}.`);
  return { supplierName, incoterm, place, quantityTolerancePpm, inspectionDays, lines };
}

/** Terms as they are stored. */
export function storeTerms({ lines, ...terms }: SupplyTerms): StoredSupplyTerms {
  return {
    ...terms,
    lines: lines.map((line) => ({
      ...line,
      quantityKg: line.quantityKg.toString(),
      priceMinorPerTonne: line.priceMinorPerTonne.toString(),
      amountMinor: line.amountMinor.toString(),
      deliverFrom: line.deliverFrom.toISOString(),
      deliverTo: line.deliverTo.toISOString(),
    })),
  };
}

/** Stored terms as they are worked with. */
export function readTerms({ lines, ...terms }: StoredSupplyTerms): SupplyTerms {
  return {
    ...terms,
    lines: lines.map((line) => ({
      ...line,
      quantityKg: BigInt(line.quantityKg),
      priceMinorPerTonne: BigInt(line.priceMinorPerTonne),
      amountMinor: BigInt(line.amountMinor),
      deliverFrom: new Date(line.deliverFrom),
      deliverTo: new Date(line.deliverTo),
    })),
  };
}

function invalid(detail: string) {
  return documentsErrors.error('DOCUMENTS_CONTRACT_INVALID', detail);
}
