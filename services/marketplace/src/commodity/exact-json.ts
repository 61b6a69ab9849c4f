import { customType } from 'drizzle-orm/pg-core';

/** Members that are whole numbers of any size: in JSON they are text. */
const wholeMembers = new Set([
  ...['minPpb', 'maxPpb', 'ppb', 'referencePpb', 'stepPpb', 'foundPpb', 'moisturePpb', 'steps', 'massKg', 'wetKg'],
  ...['minorPerTonnePerStep', 'minorPerTonne', 'priceMinorPerTonne', 'amountMinor', 'totalMinor', 'payableMinor'],
]);

function revive(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(revive);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      wholeMembers.has(name) && typeof inner === 'string' ? BigInt(inner) : revive(inner),
    ]),
  );
}

/** A jsonb column whose whole numbers come back as bigint. */
export function exactJson<T>(name: string) {
  return customType<{ data: T; driverData: unknown }>({
    dataType: () => 'jsonb',
    toDriver: (value) => JSON.stringify(value, (_name, inner) => (typeof inner === 'bigint' ? String(inner) : inner)),
    fromDriver: (value) => revive(value) as T,
  })(name);
}
