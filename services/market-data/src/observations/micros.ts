/** Micros as plain decimal text without trailing zeros: "12.345678", "37000", "-0.5". Exact. */
export function showMicros(micros: bigint): string {
  const digits = (micros < 0n ? -micros : micros).toString().padStart(7, '0');
  const point = digits.length - 6;
  let end = digits.length;
  while (end > point && digits[end - 1] === '0') end -= 1;
  const decimals = end > point ? `.${digits.slice(point, end)}` : '';
  return `${micros < 0n ? '-' : ''}${digits.slice(0, point)}${decimals}`;
}
