import type { Policy, Table } from './catalogue.ts';

/** A change that some answer must notice. */
export interface Mutation {
  what: string;
  sql: string;
}

/** Each policy of a table dropped, and each single condition of its expressions taken away. */
export function mutations(table: Table): Mutation[] {
  return table.policies.flatMap((policy) => [
    { what: `without policy ${policy.name}`, sql: `drop policy ${policy.name} on ${table.name}` },
    ...clause(table, policy, 'using', policy.using),
    ...clause(table, policy, 'with check', policy.check),
  ]);
}

function clause(table: Table, policy: Policy, kind: 'using' | 'with check', expression: string | null): Mutation[] {
  return weakened(expression ?? 'true').map(({ condition, expression: weaker }) => ({
    what: `${policy.name} ${kind} without ${condition}`,
    sql: `alter policy ${policy.name} on ${table.name} ${kind} (${weaker})`,
  }));
}

/**
 * Every way to take one condition out of a boolean expression as the server prints it: `true` in its place among
 * conjuncts, `false` among alternatives.
 */
export function weakened(expression: string): { condition: string; expression: string }[] {
  const leaves = conditions(expression, 0, expression.length, 'true');
  return leaves
    .map(({ from, to, neutral }) => ({
      condition: expression.slice(from, to),
      expression: `${expression.slice(0, from)}${neutral}${expression.slice(to)}`,
    }))
    .filter(({ condition }) => condition !== 'true' && condition !== 'false');
}

type Leaf = { from: number; to: number; neutral: 'true' | 'false' };

function conditions(text: string, from: number, to: number, neutral: Leaf['neutral']): Leaf[] {
  const separators: { at: number; word: string }[] = [];
  let depth = 0;
  let closedAt = -1;
  for (let at = from; at < to; at++) {
    const character = text[at];
    if (character === "'") at = text.indexOf("'", at + 1);
    else if (character === '(') depth++;
    else if (character === ')') {
      depth--;
      if (depth === 0 && closedAt < 0) closedAt = at;
    } else if (depth === 0) {
      const word = /^ (AND|OR) /.exec(text.slice(at, at + 5))?.[1];
      if (word) separators.push({ at, word });
    }
  }
  if (separators.length === 0) {
    const wrapped = text[from] === '(' && closedAt === to - 1;
    return wrapped ? conditions(text, from + 1, to - 1, neutral) : [{ from, to, neutral }];
  }
  const inner = separators[0]?.word === 'AND' ? 'true' : 'false';
  const starts = [from, ...separators.map(({ at, word }) => at + word.length + 2)];
  const ends = [...separators.map(({ at }) => at), to];
  return starts.flatMap((start, index) => conditions(text, start, ends[index] ?? to, inner));
}
