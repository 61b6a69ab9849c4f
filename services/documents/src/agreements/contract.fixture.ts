import { newId } from '@clearlot/kernel';
import type { ContractRequested } from '@clearlot/proto/marketplace/v1/events';

/** A request for a supply agreement on two lines of carbonate, USD 506,250.00 in all. */
export function contractFor(sellerId: string, buyerId: string): ContractRequested {
  const line = (title: string, quantityKg: bigint, basis: string, priceMinorPerTonne: bigint, amountMinor: bigint) => ({
    ...{ lineId: newId(), title, productType: 'lithium_carbonate', grade: 'battery', quantityKg, basis },
    ...{ priceMinorPerTonne, amountMinor, specification: 'Li2CO3 ≥ 99.5 %; Na ≤ 250 ppm' },
    ...{ deliverFrom: new Date('2027-03-01T00:00:00Z'), deliverTo: new Date('2027-03-31T00:00:00Z') },
  });
  return {
    ...{ contractId: newId(), contractName: 'Carbonate for the Leipzig line', sellerId, buyerId },
    ...{ supplierName: 'Salar del Sur Litio S.A.', currency: 'USD', amountMinor: 50_625_000n },
    ...{ incoterm: 'CIP', place: 'Leipzig', quantityTolerancePpm: 50_000, inspectionDays: 10 },
    lines: [
      line('Carbonate, micronised', 20_500n, 'dry', 1_250_000n, 25_625_000n),
      line('Carbonate, standard', 20_000n, 'wet', 1_250_000n, 25_000_000n),
    ],
  };
}
