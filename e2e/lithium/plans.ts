import type { SupplierPlan } from './market.ts';
import type { OfferPlan } from './tender.ts';

export const supplierPlans: SupplierPlan[] = [
  { fullName: 'Camila Rojas', company: 'Salar del Norte SpA', country: 'CL', incoterms: ['FOB', 'CIF'] },
  { fullName: 'Wei Zhang', company: 'Jiangxi Lithium Refining Co.', country: 'CN', incoterms: ['FOB', 'CIF', 'DDP'] },
  { fullName: 'Anna Schmidt', company: 'Rheintal Lithium GmbH', country: 'DE', incoterms: ['CIF', 'DDP'] },
];

/** The first is cheapest once freight, duty and quality are counted, but cannot take more than its share. */
export const offerPlans: OfferPlan[] = [
  { price: 12_400, incoterm: 'FOB', quantityKg: 160_000, leadDays: 45 },
  { price: 12_150.5, incoterm: 'CIF', quantityKg: 160_000, leadDays: 40 },
  { price: 13_100, incoterm: 'DDP', quantityKg: 160_000, leadDays: 12 },
];
