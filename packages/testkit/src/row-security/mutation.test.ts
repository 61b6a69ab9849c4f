import { expect, test } from 'vitest';
import { weakened } from './mutation.ts';

test('each condition is taken out in its place, the others stay', () => {
  expect(weakened("((a = ( SELECT app.user_id() AS user_id)) AND (b = 'x'::text))")).toEqual([
    { condition: 'a = ( SELECT app.user_id() AS user_id)', expression: "((true) AND (b = 'x'::text))" },
    { condition: "b = 'x'::text", expression: '((a = ( SELECT app.user_id() AS user_id)) AND (true))' },
  ]);
});

test('an alternative is taken out by never being true', () => {
  expect(weakened('((a IS NULL) OR ((b = 1) AND (c = 2)))').map(({ expression }) => expression)).toEqual([
    '((false) OR ((b = 1) AND (c = 2)))',
    '((a IS NULL) OR ((true) AND (c = 2)))',
    '((a IS NULL) OR ((b = 1) AND (true)))',
  ]);
});

test('text that looks like a condition is text', () => {
  expect(weakened("(a = ' AND (x OR '::text)").map(({ condition }) => condition)).toEqual(["a = ' AND (x OR '::text"]);
});

test('parentheses that only start and end an expression do not wrap it', () => {
  expect(weakened("(a = 1) AND (b = ANY (ARRAY['x'::text]))").map(({ condition }) => condition)).toEqual([
    'a = 1',
    "b = ANY (ARRAY['x'::text])",
  ]);
});

test('an expression that is always true has nothing to lose', () => {
  expect(weakened('true')).toEqual([]);
});
