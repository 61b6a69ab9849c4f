/** The one switch between embedded servers (default) and containers, for PostgreSQL and NATS alike. */
export function usesContainers(): boolean {
  const variant = process.env.CLEARLOT_STACK ?? 'embedded';
  if (variant !== 'embedded' && variant !== 'containers') {
    throw new Error(`CLEARLOT_STACK must be 'embedded' or 'containers', not '${variant}'`);
  }
  return variant === 'containers';
}
