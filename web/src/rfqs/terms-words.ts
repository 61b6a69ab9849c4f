import { words } from '../design/status.tsx';
import { formatCount, formatDate, formatInstant } from '../money/format.ts';
import { countryName } from '../places/countries.ts';
import { incotermMeanings } from '../products/commodity.ts';
import type { Line, Terms, Version } from './rfq.ts';
import { percentOf } from './share.ts';

type Limit = NonNullable<Line['limits']>[number];
type Adjustment = NonNullable<Line['adjustments']>[number];
type Criterion = NonNullable<Terms['criteria']>[number];
export type TermsChange = Version['changes'][number];

/** `Li2CO3 at least 99.5 %`, `Na at most 250 ppm`. */
export function limitWords({ analyte, unit, min, max }: Limit): string {
  const bounds = [
    min === undefined ? undefined : `at least ${formatCount(min)} ${unit}`,
    max === undefined ? undefined : `at most ${formatCount(max)} ${unit}`,
  ].filter((each) => each !== undefined);
  return `${analyte} ${bounds.join(' and ')}`;
}

/** What a field of the terms is called, by the last part of its path. */
const fieldWords: Record<string, string> = {
  acceptedIncoterms: 'Other Incoterms accepted',
  adjustments: 'Price adjustments by assay',
  basis: 'Mass that is paid',
  costModel: 'Costs added to compare offers',
  criteria: 'Quality criteria',
  deadlineAt: 'Deadline for responses',
  decideBy: 'Decision by',
  deliverFrom: 'Delivery from',
  deliverTo: 'Delivery until',
  destinationCountry: 'Country of destination',
  duty: 'Duty by origin',
  financePpmPerYear: 'Interest a year on money in escrow',
  freight: 'Freight by origin',
  incoterm: 'Incoterm',
  inspectionDays: 'Days to inspect a delivery',
  insurancePpm: 'Insurance',
  limits: 'Limits of the assay',
  lines: 'Lines',
  lot: 'Lot',
  normalise: 'Compared at the reference grade',
  notes: 'Notes',
  options: 'Options',
  otherCosts: 'Life-cycle costs',
  packaging: 'Packaging',
  place: 'Place',
  productType: 'Product',
  quantityKg: 'Quantity',
  quantityTolerancePpm: 'Tolerance of the quantity',
  questionsUntil: 'Questions until',
  requiredCertificates: 'Required certificates',
  standstillHours: 'Standstill in hours',
};

/** A change of the terms as people read it: which field, what it was and what it is; undefined is nothing. */
export interface ChangeWords {
  what: string;
  before: string | undefined;
  after: string | undefined;
}

/** Says one change; a line, criterion or cost is named by its title where there is one. */
export function changeWords({ path, before, after }: TermsChange, terms: Terms): ChangeWords {
  const keys = path
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  const field = keys.at(-1) ?? '';
  const named = keys.map((key, index) => (isIdAt(keys, index) ? titleOf(key, terms) : (fieldWords[key] ?? words(key))));
  const shown = named.length > 1 && ['lines', 'costModel'].includes(keys[0] ?? '') ? named.slice(1) : named;
  return { what: shown.join(', '), before: valueWords(field, before), after: valueWords(field, after) };
}

const lists = ['lines', 'criteria', 'otherCosts'];

function isIdAt(keys: readonly string[], index: number): boolean {
  return index === 1 && lists.includes(keys[0] ?? '');
}

function titleOf(id: string, { lines, criteria = [], otherCosts = [] }: Terms): string {
  const found =
    lines.find(({ lineId }) => lineId === id) ??
    criteria.find(({ criterionId }) => criterionId === id) ??
    otherCosts.find(({ costId }) => costId === id);
  return found ? found.title : id;
}

function valueWords(field: string, value: unknown): string | undefined {
  if (value === null || value === undefined || value === '') return undefined;
  if (Array.isArray(value)) return value.map((item: unknown) => itemWords(item)).join('; ') || undefined;
  if (typeof value === 'object') return itemWords(value);
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  const text = String(value);
  if (field.endsWith('At') || field.endsWith('By') || field === 'questionsUntil') return formatInstant(text);
  if (field === 'deliverFrom' || field === 'deliverTo') return formatDate(text);
  if (field === 'quantityKg') return `${formatCount(text)} kg`;
  if (field.endsWith('Ppm') || field === 'financePpmPerYear') return `${percentOf(Number(value))} %`;
  if (field === 'destinationCountry') return countryName(text);
  if (field === 'incoterm') return `${text}, ${incotermMeanings[text as keyof typeof incotermMeanings].toLowerCase()}`;
  if (field === 'productType' || field === 'grade' || field === 'basis') return words(text);
  return text;
}

/** An item of a list in one phrase. */
function itemWords(item: unknown): string {
  if (typeof item !== 'object' || item === null) return String(item);
  if ('lineId' in item) return lineWords(item as Line);
  if ('stepPpb' in item) return adjustmentWords(item as Adjustment);
  if ('analyte' in item) return limitWords(item as Limit);
  if ('perTonne' in item) {
    const { origin, perTonne } = item as { origin: string; perTonne: number | string };
    return `${originWords(origin)} ${formatCount(perTonne)} a tonne`;
  }
  if ('ratePpm' in item) {
    const { origin, ratePpm } = item as { origin: string; ratePpm: number };
    return `${originWords(origin)} ${percentOf(ratePpm)} %`;
  }
  if ('options' in item) return criterionWords(item as Criterion);
  if ('sharePpm' in item) {
    const { title, value, sharePpm } = item as Criterion['options'][number];
    return `${title || value}, worth ${percentOf(sharePpm)} %`;
  }
  const { title } = item as { title?: unknown };
  return typeof title === 'string' ? title : Object.keys(item).map(words).join(', ');
}

function lineWords({ title, productType, grade, quantityKg }: Line): string {
  return `${title}: ${formatCount(quantityKg)} kg of ${words(productType).toLowerCase()}, ${grade} grade`;
}

function criterionWords({ title, options }: Criterion): string {
  return `${title} (${options.map(itemWords).join('; ')})`;
}

/** `Li2CO3: USD 10.00 a tonne for each 0.1 % above 99.5 %` without its money, which needs the currency. */
export function adjustmentWords({ analyte, referencePpb, stepPpb, perStep }: Adjustment): string {
  const percent = (ppb: number) => `${formatCount(ppbPercent(ppb))} %`;
  return `${analyte}: ${formatCount(perStep)} a tonne for each ${percent(stepPpb)} above ${percent(referencePpb)}`;
}

/** Parts per billion as per cent, exactly. */
export function ppbPercent(ppb: number): string {
  const digits = String(ppb).padStart(8, '0');
  return `${digits.slice(0, -7)}.${digits.slice(-7)}`.replace(/\.?0+$/, '') || '0';
}

/** A country, or every other one. */
export function originWords(origin: string): string {
  return origin === '*' ? 'Any other origin' : countryName(origin);
}
