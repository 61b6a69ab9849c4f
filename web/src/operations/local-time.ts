/** The instant of what a date-and-time field holds, which is in the reader's own zone; nothing stays nothing. */
export function instantOf(local: string): string {
  const at = new Date(local);
  return Number.isNaN(at.getTime()) ? local : at.toISOString();
}
