/**
 * A map that grows without changing: what was made from it is shared, so that a state can be kept while another is tried.
 * Maps of doubling sizes, the largest first; adding takes O(log n) over time, finding looks into O(log n) maps.
 */
export type Answers<V> = readonly ReadonlyMap<string, V>[];

/** The map with one key more, which must not be in it yet. */
export function withAnswer<V>(answers: Answers<V>, key: string, value: V): Answers<V> {
  let newest: ReadonlyMap<string, V> = new Map([[key, value]]);
  let kept = answers.length;
  for (let last = answers[kept - 1]; last && last.size <= newest.size; last = answers[kept - 1]) {
    newest = new Map([...last, ...newest]);
    kept -= 1;
  }
  return [...answers.slice(0, kept), newest];
}

export function findAnswer<V>(answers: Answers<V>, key: string): V | undefined {
  for (const each of answers) {
    const found = each.get(key);
    if (found !== undefined) return found;
  }
  return undefined;
}
