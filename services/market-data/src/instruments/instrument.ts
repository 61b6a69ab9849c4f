/** What is priced. */
export const products = [
  'lithium_carbonate',
  'lithium_hydroxide_monohydrate',
  'lithium_hydroxide_anhydrous',
  'lithium_oxide',
  'lithium_chloride',
  'lithium_metal',
  'spodumene_concentrate',
] as const;
export type Product = (typeof products)[number];

/** As the marketplace grades its products. */
export const grades = ['battery', 'technical', 'industrial', 'pharmaceutical', 'concentrate'] as const;
export type Grade = (typeof grades)[number];

/** `any` where a price does not say. */
export const forms = ['powder', 'crystal', 'ingot', 'concentrate', 'any'] as const;
export type Form = (typeof forms)[number];

/** Incoterms 2020 (ICC publication 723E), from the least to the most the seller does. */
export const incoterms = ['EXW', 'FCA', 'FAS', 'FOB', 'CFR', 'CIF', 'CPT', 'CIP', 'DAP', 'DPU', 'DDP'] as const;
export type Incoterm = (typeof incoterms)[number];

/** What a price is for: mass as it is, or a tonne of dry (dmt) or wet (wmt) ore. `t` is the metric tonne. */
export const units = ['g', 'kg', 't', 'lb', 'dmt', 'wmt'] as const;
export type Unit = (typeof units)[number];

export const taxBases = ['excluding_vat', 'including_vat'] as const;
export type TaxBasis = (typeof taxBases)[number];

/** What a price means; two prices are comparable only when all of it is the same. */
export interface Basis {
  product: Product;
  grade: Grade;
  form: Form;
  /** ISO 3166-1 alpha-2, or a named region such as CJK (China, Japan, Korea), EU or GLOBAL. */
  region: string;
  incoterm: Incoterm;
  /** ISO 4217. */
  currency: string;
  unit: Unit;
  taxBasis: TaxBasis;
}

export interface Instrument extends Basis {
  instrumentId: string;
  /** Stable, readable and unique. */
  code: string;
  name: string;
}

const productNames: Record<Product, string> = {
  lithium_carbonate: 'CARBONATE',
  lithium_hydroxide_monohydrate: 'HYDROXIDE_MONOHYDRATE',
  lithium_hydroxide_anhydrous: 'HYDROXIDE_ANHYDROUS',
  lithium_oxide: 'OXIDE',
  lithium_chloride: 'CHLORIDE',
  lithium_metal: 'METAL',
  spodumene_concentrate: 'SPODUMENE',
};

/**
 * The code of the instrument with this basis: `CARBONATE-BATTERY-CJK-CIF-USD-KG`, with the form after the grade unless it is
 * any, and `-VAT` at the end where the tax is in it. Different bases have different codes.
 */
export function codeOf({ product, grade, form, region, incoterm, currency, unit, taxBasis }: Basis): string {
  const parts = [productNames[product], grade, ...(form === 'any' ? [] : [form]), region, incoterm, currency, unit];
  return [...parts, ...(taxBasis === 'including_vat' ? ['vat'] : [])].join('-').toUpperCase();
}
