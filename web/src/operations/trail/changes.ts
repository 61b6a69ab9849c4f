export interface Change {
  name: string;
  /** Undefined where there was none. */
  before: string | undefined;
  after: string | undefined;
}

/** What an act changed, value by value: what stayed as it was is left out. */
export function changesOf(oldValue: unknown, newValue: unknown): Change[] {
  const [before, after] = [fieldsOf(oldValue), fieldsOf(newValue)];
  const names = [...new Set([...before.keys(), ...after.keys()])];
  return names
    .map((name) => ({ name, before: before.get(name), after: after.get(name) }))
    .filter((change) => change.before !== change.after);
}

function fieldsOf(value: unknown): Map<string, string> {
  if (typeof value !== 'object' || value === null) return new Map();
  return new Map(
    Object.entries(value)
      .filter(([, each]) => each !== null && each !== undefined)
      .map(([name, each]) => [name, typeof each === 'string' ? each : JSON.stringify(each)]),
  );
}
