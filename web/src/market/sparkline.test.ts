import { expect, it } from 'vitest';
import { sparklinePoints } from './sparkline.ts';

const box = { width: 100, height: 20, inset: 0 };

it('a sparkline goes from the oldest at the left to the newest at the right, the lowest at the bottom', () => {
  expect(sparklinePoints(['10', '12.5', '15'], box)).toEqual([
    { x: 0, y: 20 },
    { x: 50, y: 10 },
    { x: 100, y: 0 },
  ]);
});

it('a price that did not move is a line in the middle', () => {
  expect(sparklinePoints(['7', '7'], box).map(({ y }) => y)).toEqual([10, 10]);
});
