import type { Answer } from '../api/shapes.ts';
import type { Choice } from '../design/fields.tsx';
import { words } from '../design/status.tsx';

export type Product = Answer<'/api/products/{id}'>;
export type ProductType = Product['productType'];
export type Grade = Product['grade'];
export type Incoterm = Answer<'/api/quotes/{id}'>['incoterm'];

const productTypes = [
  'lithium_carbonate',
  'lithium_hydroxide_monohydrate',
  'lithium_chloride',
  'lithium_metal',
  'spodumene_concentrate',
  'lithium_brine',
] as const satisfies readonly ProductType[];

const grades = [
  'battery',
  'technical',
  'industrial',
  'pharmaceutical',
  'concentrate',
] as const satisfies readonly Grade[];

const choicesOf = (codes: readonly string[]): readonly Choice[] =>
  codes.map((value) => ({ value, label: words(value) }));

export const productTypeChoices = choicesOf(productTypes);
export const gradeChoices = choicesOf(grades);

/** Incoterms 2020, from the least to the most the seller does. */
export const incotermMeanings: Record<Incoterm, string> = {
  EXW: 'Ex works',
  FCA: 'Free carrier',
  FAS: 'Free alongside ship',
  FOB: 'Free on board',
  CFR: 'Cost and freight',
  CIF: 'Cost, insurance and freight',
  CPT: 'Carriage paid to',
  CIP: 'Carriage and insurance paid to',
  DAP: 'Delivered at place',
  DPU: 'Delivered at place unloaded',
  DDP: 'Delivered duty paid',
};

export const incoterms = Object.keys(incotermMeanings) as readonly Incoterm[];

export const incotermChoices: readonly Choice[] = incoterms.map((value) => ({
  value,
  label: `${value}, ${incotermMeanings[value].toLowerCase()}`,
}));

/** Kinds of certificates that are asked for most; any other may be written. */
export const certificateKinds = ['ISO9001', 'ISO14001', 'ISO45001', 'IATF16949', 'IRMA', 'REACH'] as const;

export const basisMeaning = {
  dry: 'Dry: moisture is taken off the mass that is paid',
  wet: 'Wet: the mass as it comes is paid',
} as const satisfies Record<Product['basis'], string>;
