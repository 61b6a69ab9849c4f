import type { Answer, Body } from '../api/shapes.ts';
import { readWhole } from './mass.ts';
import { ppmOf } from './share.ts';

export type ScenarioBody = Body<'/api/rfqs/{id}/scenarios'>;
export type Scenario = Answer<'/api/rfqs/{id}/scenarios', 'post'>;

export const modes = [
  { value: 'by_share', label: 'Lines may be shared between suppliers' },
  { value: 'by_line', label: 'Each line goes to one supplier' },
  { value: 'whole', label: 'Each lot, or everything, goes to one supplier' },
] as const satisfies readonly { value: ScenarioBody['mode']; label: string }[];

const modeLabels: Readonly<Record<string, string>> = Object.fromEntries(
  modes.map(({ value, label }) => [value, label]),
);

export interface FieldError {
  pointer: string;
  message: string;
}

/** Reads what somebody asks of a split; `supplierIds` are those that may be limited. */
export function readScenario(
  data: FormData,
  supplierIds: readonly string[],
): { body: ScenarioBody; errors: FieldError[] } {
  const errors: FieldError[] = [];
  const said = (name: string) => String(data.get(name) ?? '').trim();
  const whole = (name: string, min: number) => {
    const text = said(name);
    if (text === '') return undefined;
    const count = readWhole(text);
    if (count !== undefined && count >= min) return count;
    errors.push({ pointer: `/${name.replaceAll('.', '/')}`, message: `Enter a whole number of ${min} or more.` });
    return undefined;
  };
  const share = (name: string) => {
    const text = said(name);
    const ppm = text === '' ? undefined : ppmOf(text);
    if (text !== '' && ppm === undefined) {
      errors.push({ pointer: `/${name.replaceAll('.', '/')}`, message: 'Enter a share from 0 to 100 per cent.' });
    }
    return ppm;
  };
  const limits = supplierIds.flatMap((id): [string, number][] => {
    const kg = whole(`constraints.supplierMaxKg.${id}`, 0);
    return kg === undefined ? [] : [[id, kg]];
  });
  const constraints = {
    suppliersMin: whole('constraints.suppliersMin', 1),
    suppliersMax: whole('constraints.suppliersMax', 1),
    shareMinPpm: share('constraints.shareMinPpm'),
    shareMaxPpm: share('constraints.shareMaxPpm'),
    ...(limits.length > 0 ? { supplierMaxKg: Object.fromEntries(limits) } : {}),
  };
  const mode = said('mode') as ScenarioBody['mode'];
  return { body: { mode, constraints, lotKg: whole('lotKg', 1) }, errors };
}

const constraintLabels: Readonly<Record<string, string>> = {
  suppliersMin: 'The least number of suppliers',
  suppliersMax: 'The largest number of suppliers',
  shareMinPpm: 'The smallest share of each supplier',
  shareMaxPpm: 'The largest share of each supplier',
};

/** What a constraint is called; one of a supplier by the supplier's name. */
export function constraintWords(constraint: string, nameOf: (supplierId: string) => string): string {
  const [kind, supplierId] = constraint.split('/');
  if (kind === 'supplierMaxKg' && supplierId) return `The most from ${nameOf(supplierId)}`;
  return constraintLabels[constraint] ?? constraint;
}

/** A scenario in a phrase, to tell it from others: its mode and how many limits it has. */
export function scenarioWords({ mode, constraints }: Pick<Scenario, 'mode' | 'constraints'>): string {
  const count = constraints.length;
  const label = modeLabels[mode] ?? mode;
  return count === 0 ? label : `${label}, ${count} ${count === 1 ? 'limit' : 'limits'}`;
}
