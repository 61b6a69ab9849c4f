import type { Basis } from './basis.ts';
import type { MarketSearch } from './market-search.ts';

/** What a price may include of the way from the works to the buyer, in the order of that way. */
const charges = ['export', 'precarriage', 'loading', 'freight', 'insurance', 'delivery', 'unloading', 'duty'] as const;
type Charge = (typeof charges)[number];

/** How many of the charges each of the rules includes (Incoterms 2020, articles A9 and B9); those that are no run of them are spelled out. */
const included: Record<Basis['incoterm'], readonly Charge[]> = {
  EXW: [],
  FCA: charges.slice(0, 1),
  FAS: charges.slice(0, 2),
  FOB: charges.slice(0, 3),
  CFR: charges.slice(0, 4),
  CPT: charges.slice(0, 4),
  CIF: charges.slice(0, 5),
  CIP: charges.slice(0, 5),
  DAP: charges.slice(0, 6),
  DPU: charges.slice(0, 7),
  DDP: [...charges.slice(0, 6), 'duty'],
};

export interface NamedCharge {
  charge: Charge;
  added: boolean;
}

/** What must be stated to get from one rule to another; nothing while the other is the same. */
export function neededCharges(from: Basis['incoterm'], to: string): NamedCharge[] {
  const after = included[to as Basis['incoterm']];
  if (!after) return [];
  const before = included[from];
  return charges
    .filter((charge) => before.includes(charge) !== after.includes(charge))
    .map((charge) => ({ charge, added: after.includes(charge) }));
}

const passed = [
  ...['instrumentId', 'price', 'on', 'toProduct', 'toGrade', 'toIncoterm', 'toCurrency', 'toUnit', 'toTaxBasis'],
  ...['moisture', 'statedOn', 'statedBy', ...charges],
];

/** What to ask of the platform for an address; undefined while no instrument is chosen. */
export function conversionQuery(search: MarketSearch): Record<string, string> | undefined {
  if (!search.instrumentId) return undefined;
  const given = passed.flatMap((name) => (search[name] ? [[name, search[name]] as const] : []));
  return Object.fromEntries([...given, ...(search.stale === 'yes' ? [['allowStale', 'true'] as const] : [])]);
}
