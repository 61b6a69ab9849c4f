import type { AssayLimit, Basis, Grade, Incoterm, Ppb, ProductType } from '../commodity/commodity.ts';

/** How a price per tonne moves with what is found: so much for each whole step the assay is above the reference. */
export interface PriceAdjustment {
  analyte: string;
  referencePpb: Ppb;
  stepPpb: Ppb;
  minorPerTonnePerStep: bigint;
}

export interface NewOrderLine {
  lineId: string;
  title: string;
  productType: ProductType;
  grade: Grade;
  limits: AssayLimit[];
  adjustments: PriceAdjustment[];
  basis: Basis;
  quantityKg: bigint;
  priceMinorPerTonne: bigint;
  amountMinor: bigint;
  deliverFrom: Date;
  deliverTo: Date;
}

/** Everything an order is made of: a signed contract, an accepted quote or a confirmed award of an auction. Amounts in minor units, mass in kilograms. */
export interface NewOrder {
  source: 'rfq' | 'quote' | 'auction';
  /** The contract, the quote or the award of an auction: one order each. */
  sourceId: string;
  rfqId: string | null;
  title: string;
  buyerId: string;
  supplierId: string;
  supplierOwnerId: string;
  currency: string;
  incoterm: Incoterm;
  place: string;
  quantityTolerancePpm: number;
  inspectionDays: number;
  lines: NewOrderLine[];
}
