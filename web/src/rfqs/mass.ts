/** Kilograms as tonnes, exactly. */
export function tonnesOf(kg: number): string {
  const digits = String(kg).padStart(4, '0');
  return `${digits.slice(0, -3)}.${digits.slice(-3)}`.replace(/\.?0+$/, '');
}

/** Whole kilograms as people write them, `100000` or `100,000`; undefined when it is no whole number: nothing is rounded. */
export function readWhole(entered: string): number | undefined {
  const text = entered.trim();
  if (!/^(\d{1,12}|\d{1,3}([.,'’\s\u00a0\u202f])\d{3}(\2\d{3}){0,3})$/u.test(text)) return undefined;
  return Number(text.replaceAll(/\D/g, ''));
}
