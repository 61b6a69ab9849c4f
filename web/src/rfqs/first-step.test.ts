// @vitest-environment happy-dom
import { expect, it } from 'vitest';
import { forgetFirstStep, recallFirstStep, rememberFirstStep } from './first-step.ts';

it('gives back what was typed, unfinished as it is, until it is on the platform', () => {
  const data = new FormData();
  data.set('title', 'Carbonate');
  data.set('terms.lines.0.lineId', 'L1');
  data.set('terms.lines.0.title', 'Half of a li');
  data.set('terms.lines.0.quantityKg', '');
  rememberFirstStep(data);
  const first = recallFirstStep();
  expect(first).toMatchObject({ title: 'Carbonate', goods: { lines: [{ lineId: 'L1', title: 'Half of a li' }] } });
  forgetFirstStep();
  expect(recallFirstStep()).toBeUndefined();
});
