import { words } from '../design/status.tsx';

const flags: Record<string, string> = {
  fx_rate_stale: 'The exchange rate is older than was asked for.',
  fx_rate_before_arrival: 'The exchange rate is of before the goods arrive.',
  lithium_content_only:
    'Only lithium contents were compared: what it costs to make one product of the other is not in it.',
  destination_price_before_arrival:
    'The destination’s price is of before the goods arrive: it may be another one by then.',
  origin_includes_vat: 'The origin’s price includes value-added tax.',
  freight_already_in_origin_price: 'The origin’s price already includes freight: it may be counted twice.',
  insurance_already_in_origin_price: 'The origin’s price already includes insurance: it may be counted twice.',
  duty_already_in_origin_price: 'The origin’s price already includes duty: it may be counted twice.',
};

/** What a reader must be told beside a calculated price. */
export function flagWords(flag: string): string {
  return flags[flag] ?? `${words(flag)}.`;
}

const steps: Record<string, string> = {
  vat_removed: 'Value-added tax taken off',
  vat_added: 'Value-added tax put on',
  moisture_removed: 'Wet tonnes to dry',
  moisture_added: 'Dry tonnes to wet',
  mass_unit: 'Unit of mass',
  lithium_content: 'Lithium content',
  exchange: 'Exchange',
  export: 'export clearance',
  precarriage: 'carriage to the port',
  loading: 'loading',
  freight: 'main freight',
  insurance: 'insurance',
  delivery: 'delivery to the place',
  unloading: 'unloading',
  duty: 'import duty',
};

/** A charge of an Incoterm by its name. */
export function chargeWords(charge: string): string {
  return steps[charge] ?? words(charge).toLowerCase();
}

/** A step of a conversion by its name: `freight_added` is “Main freight added”. */
export function stepWords(name: string): string {
  const known = steps[name];
  if (known) return known.charAt(0).toUpperCase() + known.slice(1);
  const charge = /^(.+)_(added|removed)$/.exec(name);
  const [, of = '', how = ''] = charge ?? [];
  if (!charge || !steps[of]) return words(name);
  return `${stepWords(of)} ${how === 'added' ? 'added' : 'taken off'}`;
}
