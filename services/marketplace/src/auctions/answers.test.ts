import { expect, it } from 'vitest';
import { type Answers, findAnswer, withAnswer } from './answers.ts';

it('answers keep every key, and what they were before, in few maps', () => {
  let answers: Answers<number> = [];
  for (let each = 0; each < 1_000; each += 1) answers = withAnswer(answers, `${each}`, each);
  const before = answers;
  answers = withAnswer(answers, 'more', 1_000);
  expect(answers.length).toBeLessThanOrEqual(10);
  for (let each = 0; each < 1_000; each += 1) expect(findAnswer(answers, `${each}`)).toBe(each);
  expect([findAnswer(answers, 'more'), findAnswer(before, 'more')]).toEqual([1_000, undefined]);
});
