import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canMove, deadEnds, move, type Transitions, unreachableStates } from './state-machine.ts';

const transitions = {
  submitted: ['approved', 'withdrawn'],
  approved: ['allocated', 'withdrawn'],
  allocated: ['complete'],
  complete: [],
  withdrawn: [],
} as const;
type State = keyof typeof transitions;
const illegal = expect.objectContaining({ code: 'STATE_TRANSITION_ILLEGAL', kind: 'conflict' });

describe('state machine', () => {
  test('allows exactly the listed moves', () => {
    const states = Object.keys(transitions) as State[];
    for (const from of states) {
      for (const to of states) {
        const listed = (transitions[from] as readonly State[]).includes(to);
        expect(canMove<State>(transitions, from, to)).toBe(listed);
        if (listed) expect(move<State>(transitions, from, to)).toBe(to);
        else expect(() => move<State>(transitions, from, to)).toThrow(illegal);
      }
    }
  });

  test('an illegal move names both states', () => {
    expect(() => move<State>(transitions, 'complete', 'approved')).toThrow(
      expect.objectContaining({ params: { from: 'complete', to: 'approved' } }),
    );
  });

  test('a state this version does not know leads nowhere', () => {
    expect(canMove(transitions as Transitions<string>, 'toString', 'approved')).toBe(false);
    expect(() => move(transitions as Transitions<string>, 'archived', 'approved')).toThrow(illegal);
  });

  test('finds states that cannot be reached and states that never end', () => {
    expect(unreachableStates<State>(transitions, 'submitted')).toEqual([]);
    expect(deadEnds<State>(transitions, ['complete', 'withdrawn'])).toEqual([]);
    const broken: Transitions<'a' | 'b' | 'c' | 'd' | 'end'> = {
      a: ['b', 'end'],
      b: ['c'],
      c: ['b'],
      d: ['end'],
      end: [],
    };
    expect(unreachableStates(broken, 'a')).toEqual(['d']);
    expect(deadEnds(broken, ['end'])).toEqual(['b', 'c']);
    expect(deadEnds(broken, [])).toEqual(['a', 'b', 'c', 'd', 'end']);
  });

  test('reachability agrees with the transitive closure on random machines', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f'] as const;
    const name = fc.constantFrom(...names);
    const list = fc.uniqueArray(name, { maxLength: 3 });
    fc.assert(
      fc.property(fc.record({ a: list, b: list, c: list, d: list, e: list, f: list }), name, (machine, start) => {
        const reach = new Map(names.map((n) => [n, new Set([n, ...machine[n]])]));
        const via = (from: (typeof names)[number]) => reach.get(from) ?? new Set();
        for (const k of names) for (const i of names) if (via(i).has(k)) for (const j of via(k)) via(i).add(j);
        expect(unreachableStates(machine, start)).toEqual(names.filter((n) => !via(start).has(n)));
        expect(deadEnds(machine, [start])).toEqual(names.filter((n) => !via(n).has(start)));
      }),
    );
  });
});
