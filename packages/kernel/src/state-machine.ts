import { kernelErrors } from './errors.ts';

/** A state machine as data: for each state, the states it may move to. An end has an empty list. */
export type Transitions<S extends string> = { readonly [K in S]: readonly S[] };

/** Whether the move is in the table. Staying put counts as a move: it is legal only if listed. */
export function canMove<S extends string>(transitions: Transitions<S>, from: S, to: S): boolean {
  return next(transitions, from).includes(to);
}

/** Returns `to` when the move is in the table. Errors: STATE_TRANSITION_ILLEGAL with params from and to. */
export function move<S extends string>(transitions: Transitions<S>, from: S, to: S): S {
  if (canMove(transitions, from, to)) return to;
  throw kernelErrors.error('STATE_TRANSITION_ILLEGAL', `Cannot move from ${from} to ${to}`, [], { from, to });
}

/** States no path from `initial` reaches; a test expects none. */
export function unreachableStates<S extends string>(transitions: Transitions<S>, initial: S): S[] {
  const reached = new Set<S>([initial]);
  for (const state of reached) for (const to of next(transitions, state)) reached.add(to);
  return states(transitions).filter((state) => !reached.has(state));
}

/** States from which no path ends in a terminal state; a test expects none. A terminal state is its own end. */
export function deadEnds<S extends string>(transitions: Transitions<S>, terminals: readonly S[]): S[] {
  const ending = new Set<S>(terminals);
  for (let grown = true; grown; ) {
    const more = states(transitions).filter((s) => !ending.has(s) && next(transitions, s).some((to) => ending.has(to)));
    for (const state of more) ending.add(state);
    grown = more.length > 0;
  }
  return states(transitions).filter((state) => !ending.has(state));
}

function states<S extends string>(transitions: Transitions<S>): S[] {
  return Object.keys(transitions) as S[];
}

// A state read from a row may be one this version does not know: it then leads nowhere rather than crashing.
function next<S extends string>(transitions: Transitions<S>, from: S): readonly S[] {
  return Object.hasOwn(transitions, from) ? transitions[from] : [];
}
