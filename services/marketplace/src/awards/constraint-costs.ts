import { type DomainError, type Fraction, fraction, isDomainError } from '@clearlot/kernel';
import { awardErrors } from './errors.ts';
import { findSplit, type Split, type SplitConstraints, type SplitOffer, type SplitProblem } from './split.ts';

/** A limit by its place in the constraints: `suppliersMax`, `supplierMaxKg/<supplier>`. */
export type ConstraintName = string;

export interface ConstraintCost {
  constraint: ConstraintName;
  /** What the best split would save without it, in minor units, exactly; null where that could not be proven. */
  saves: Fraction | null;
}

/** {@link findSplit}, or an error that names what stands in its way. Errors: MARKETPLACE_AWARD_INFEASIBLE, MARKETPLACE_AWARD_TOO_HARD. */
export function requireSplit<O extends SplitOffer>(problem: SplitProblem<O>): Split<O> {
  const split = findSplit(problem);
  if (!split) throw infeasible(problem);
  return split;
}

/** What each constraint costs: the optimum of `problem`, which is `split`, against that without the one constraint. */
export function costOfConstraints(problem: SplitProblem, split: Split): ConstraintCost[] {
  return namesOf(problem.constraints).map((constraint) => {
    const without = unlessTooHard(() => findSplit(dropping(problem, [constraint])));
    return { constraint, saves: without ? fraction.sub(split.cost, without.cost) : null };
  });
}

/** The constraints there are, in a fixed order. */
function namesOf({ supplierMaxKg, ...limits }: SplitConstraints): ConstraintName[] {
  const names = ['suppliersMin', 'suppliersMax', 'shareMinPpm', 'shareMaxPpm'] as const;
  return [
    ...names.filter((name) => limits[name] !== undefined),
    ...[...(supplierMaxKg?.keys() ?? [])].map((id) => `supplierMaxKg/${id}`),
  ];
}

function dropping<O extends SplitOffer>(problem: SplitProblem<O>, names: readonly ConstraintName[]): SplitProblem<O> {
  const { supplierMaxKg, ...limits } = problem.constraints;
  const kept = Object.entries(limits).filter(([name]) => !names.includes(name));
  const suppliers = [...(supplierMaxKg ?? [])].filter(([id]) => !names.includes(`supplierMaxKg/${id}`));
  return { ...problem, constraints: { ...Object.fromEntries(kept), supplierMaxKg: new Map(suppliers) } };
}

/**
 * Names each constraint that alone makes the difference; if none does, all of them together; and if there is no split even
 * without any, the lines that the offers do not cover, or the mode.
 */
function infeasible(problem: SplitProblem): DomainError {
  const names = namesOf(problem.constraints);
  const solves = (other: SplitProblem) => unlessTooHard(() => findSplit(other)) !== undefined;
  const alone = names.filter((name) => solves(dropping(problem, [name])));
  if (alone.length > 0) return refuse(alone, `Not with ${alone.join(' or ')} as it is.`);
  const unlimited = dropping(problem, names);
  if (solves(unlimited)) return refuse(names, `Not with ${names.join(', ')} together.`);
  const bare = problem.lines.filter((line) => !solves({ ...unlimited, lines: [{ ...line, lot: undefined }] }));
  if (bare.length === 0) return refuse(['mode'], `No offers cover the lines ${problem.mode}.`);
  const lines = bare.map(({ lineId }) => `lines/${lineId}`);
  return refuse(lines, `The offers do not cover ${bare.map(({ lineId }) => lineId).join(', ')} ${problem.mode}.`);
}

function refuse(names: readonly ConstraintName[], detail: string): DomainError {
  const errors = names.map((name) => ({
    pointer: name === 'mode' || name.startsWith('lines/') ? '/mode' : `/constraints/${name}`,
    message: name.startsWith('lines/') ? `leaves the line ${name.slice('lines/'.length)} uncovered` : 'cannot be met',
  }));
  return awardErrors.error('MARKETPLACE_AWARD_INFEASIBLE', detail, errors, { constraints: names.join(',') });
}

function unlessTooHard<T>(solve: () => T): T | undefined {
  try {
    return solve();
  } catch (error) {
    if (isDomainError(error) && error.code === 'MARKETPLACE_AWARD_TOO_HARD') return undefined;
    throw error;
  }
}
