/** The day it is now, UTC, as days of the market are. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}
