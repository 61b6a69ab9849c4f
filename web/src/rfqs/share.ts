const millionths = 4;

/** A share in parts per million as per cent, exactly: 52,500 are `5.25`. */
export function percentOf(ppm: number): string {
  const digits = String(ppm).padStart(millionths + 1, '0');
  const fraction = digits.slice(-millionths).replace(/0+$/, '');
  const whole = digits.slice(0, -millionths);
  return fraction ? `${whole}.${fraction}` : whole;
}

/** Per cent as somebody wrote it in parts per million, exactly; undefined when it is none between 0 and 100 or finer. */
export function ppmOf(text: string): number | undefined {
  const match = /^(\d{1,3})(?:[.,](\d{1,4}))?$/.exec(text.trim().replace(/\s*%$/, ''));
  if (!match) return undefined;
  const [, whole = '', fraction = ''] = match;
  const ppm = Number(`${whole}${fraction.padEnd(millionths, '0')}`);
  return ppm <= 1_000_000 ? ppm : undefined;
}
