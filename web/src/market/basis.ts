import type { Answer } from '../api/shapes.ts';

/** What is priced, and how: two prices compare only when all of it is the same. */
export type Instrument = Answer<'/api/market/instruments/{id}'>;
export type Basis = Omit<Instrument, 'instrumentId' | 'code' | 'name'>;

export const productWords: Record<Basis['product'], string> = {
  lithium_carbonate: 'Lithium carbonate',
  lithium_hydroxide_monohydrate: 'Lithium hydroxide monohydrate',
  lithium_hydroxide_anhydrous: 'Lithium hydroxide, anhydrous',
  lithium_oxide: 'Lithium oxide',
  lithium_chloride: 'Lithium chloride',
  lithium_metal: 'Lithium metal',
  spodumene_concentrate: 'Spodumene concentrate',
};

export const gradeWords: Record<Basis['grade'], string> = {
  battery: 'Battery grade',
  technical: 'Technical grade',
  industrial: 'Industrial grade',
  pharmaceutical: 'Pharmaceutical grade',
  concentrate: 'Concentrate',
};

export const taxWords: Record<Basis['taxBasis'], string> = {
  excluding_vat: 'excluding VAT',
  including_vat: 'including VAT',
};

/** Incoterms 2020: what the price of the goods includes of their way. */
export const incotermWords: Record<Basis['incoterm'], string> = {
  EXW: 'Ex works: the buyer collects at the works and pays all of the way',
  FCA: 'Free carrier: cleared for export and handed to the buyer’s carrier',
  FAS: 'Free alongside ship: cleared for export, at the quay',
  FOB: 'Free on board: cleared for export and loaded',
  CFR: 'Cost and freight: with the sea freight, without insurance',
  CIF: 'Cost, insurance and freight: to the port of destination',
  CPT: 'Carriage paid to the named place, without insurance',
  CIP: 'Carriage and insurance paid to the named place',
  DAP: 'Delivered at place, not unloaded, duty not paid',
  DPU: 'Delivered at place, unloaded, duty not paid',
  DDP: 'Delivered with the duty paid',
};

export const unitWords: Record<Basis['unit'], string> = {
  g: 'gram',
  kg: 'kilogram',
  t: 'metric tonne',
  lb: 'pound',
  dmt: 'dry metric tonne',
  wmt: 'wet metric tonne',
};

export const partWords: Record<keyof Basis, string> = {
  product: 'Product',
  grade: 'Grade',
  form: 'Form',
  region: 'Region',
  incoterm: 'Incoterm',
  currency: 'Currency',
  unit: 'Unit',
  taxBasis: 'Tax',
};

const regionNames = new Intl.DisplayNames('en', { type: 'region', fallback: 'code' });
const namedRegions: Record<string, string> = { CJK: 'China, Japan and Korea', GLOBAL: 'Worldwide' };

/** A country, or one of the regions that prices are made for. */
export function regionWords(region: string): string {
  return namedRegions[region] ?? (/^[A-Z]{2}$/.test(region) ? (regionNames.of(region) ?? region) : region);
}

/** `USD/kg`. */
export function per({ currency, unit }: Pick<Basis, 'currency' | 'unit'>): string {
  return `${currency}/${unit}`;
}

/** What is priced, without how: `Lithium carbonate, battery grade`. */
export function shortName({ product, grade }: Pick<Basis, 'product' | 'grade'>): string {
  return product === 'spodumene_concentrate'
    ? productWords[product]
    : `${productWords[product]}, ${gradeWords[grade].toLowerCase()}`;
}

/** One part of a basis in words. */
export function partText(part: keyof Basis, basis: Basis): string {
  const texts: Record<keyof Basis, string> = {
    product: productWords[basis.product],
    grade: gradeWords[basis.grade],
    form: basis.form === 'any' ? 'any form' : basis.form,
    region: regionWords(basis.region),
    incoterm: basis.incoterm,
    currency: basis.currency,
    unit: unitWords[basis.unit],
    taxBasis: taxWords[basis.taxBasis],
  };
  return texts[part];
}

const parts = Object.keys(partWords) as (keyof Basis)[];

/** In what two prices do not mean the same. */
export function differingParts(a: Basis, b: Basis): (keyof Basis)[] {
  return parts.filter((part) => a[part] !== b[part]);
}
