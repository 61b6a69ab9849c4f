interface Nested {
  [name: string]: string | number | boolean | Nested;
}

/** A form's fields as the body they are named for: `freight.amount` becomes `{ freight: { amount } }`. Empty ones are left out. */
export function nested(fields: Iterable<[string, FormDataEntryValue]>, numbers: readonly string[] = []): Nested {
  const body: Nested = {};
  for (const [path, value] of fields) {
    const text = String(value).trim();
    if (text === '') continue;
    const names = path.split('.');
    const last = names.pop() ?? path;
    let at = body;
    for (const name of names) {
      const inner = at[name];
      const next: Nested = typeof inner === 'object' ? inner : {};
      at[name] = next;
      at = next;
    }
    at[last] = numbers.includes(path) ? Number(text) : text;
  }
  return body;
}
