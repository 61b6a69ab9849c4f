export type AssayUnit = '%' | 'ppm' | 'ppb';

const decimals: Record<AssayUnit, number> = { '%': 7, ppm: 3, ppb: 0 };

/** A share of mass in the unit that people say it in: 996,000,000 ppb are 99.6 %, 180,000 ppb are 180 ppm. Exact. */
export function shareOf(ppb: number): { value: string; unit: AssayUnit } {
  const unit = ppb >= 1_000_000 ? '%' : ppb === 0 || ppb >= 1_000 ? 'ppm' : 'ppb';
  return { value: shiftDown(ppb, decimals[unit]), unit };
}

/** `99.6 %` */
export function formatShare(ppb: number): string {
  const { value, unit } = shareOf(ppb);
  return `${value} ${unit}`;
}

/** A share written in per cent as parts per billion, exactly; undefined when it is no share or finer than that. */
export function ppbOfPercent(text: string): number | undefined {
  const match = /^(\d{1,3})(?:\.(\d{1,7}))?$/.exec(text.trim());
  if (!match) return undefined;
  const [, whole = '', fraction = ''] = match;
  const ppb = Number(`${whole}${fraction.padEnd(decimals['%'], '0')}`);
  return ppb <= 1_000_000_000 ? ppb : undefined;
}

function shiftDown(value: number, places: number): string {
  if (places === 0) return String(value);
  const digits = String(value).padStart(places + 1, '0');
  const fraction = digits.slice(-places).replace(/0+$/, '');
  return fraction ? `${digits.slice(0, -places)}.${fraction}` : digits.slice(0, -places);
}
