import { expect, it } from 'vitest';
import { waterfallBars } from './waterfall.ts';

const exact = (decimal: string) => ({ decimal, exact: decimal });
const step = (name: string, amount: string, running: string) => ({
  ...{ name, amount: exact(amount), running: exact(running), inputs: [] },
});

it('a waterfall begins at zero, each bar where the last one ended, and ends with what is left', () => {
  const { zero, bars } = waterfallBars({
    steps: [step('destination', '40', '40'), step('freight', '-10', '30'), step('origin', '-40', '-10')],
    margin: exact('-10'),
  });
  expect(zero).toBe(0.8);
  expect(bars).toEqual([
    { name: 'destination', kind: 'begins', top: 0, bottom: 0.8 },
    { name: 'freight', kind: 'takes', top: 0, bottom: 0.2 },
    { name: 'origin', kind: 'takes', top: 0.2, bottom: 1 },
    { name: 'margin', kind: 'margin', top: 0.8, bottom: 1 },
  ]);
});
