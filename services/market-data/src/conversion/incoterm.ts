import type { Basis } from '../instruments/instrument.ts';

/** What a price may or may not include of the way from the works to the buyer, in the order of that way. */
export const charges = [
  'export',
  'precarriage',
  'loading',
  'freight',
  'insurance',
  'delivery',
  'unloading',
  'duty',
] as const;
export type Charge = (typeof charges)[number];

const alongside = ['export', 'precarriage'] as const;
const onBoard = [...alongside, 'loading'] as const;
const carried = [...onBoard, 'freight'] as const;
const insured = [...carried, 'insurance'] as const;
const delivered = [...insured, 'delivery'] as const;

/** What the seller pays for under a rule: Incoterms 2020 (ICC publication 723E), articles A5, A7 and A9/B9. */
export const chargesIncluded: Record<Basis['incoterm'], readonly Charge[]> = {
  EXW: [],
  FCA: ['export'],
  FAS: alongside,
  FOB: onBoard,
  CFR: carried,
  CIF: insured,
  CPT: carried,
  CIP: insured,
  DAP: delivered,
  DPU: [...delivered, 'unloading'],
  DDP: [...delivered, 'duty'],
};

/** What must be added to and taken off a price under one rule to get it under another, in order. */
export function chargesBetween(from: Basis['incoterm'], to: Basis['incoterm']): { charge: Charge; added: boolean }[] {
  const before = new Set(chargesIncluded[from]);
  const after = new Set(chargesIncluded[to]);
  return charges
    .filter((charge) => before.has(charge) !== after.has(charge))
    .map((charge) => ({ charge, added: after.has(charge) }));
}
