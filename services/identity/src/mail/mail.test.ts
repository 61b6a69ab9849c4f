import { expect, test } from 'vitest';
import { afterFailure, messageIdOf } from './mail.ts';

const now = new Date('2026-11-22T10:00:00Z');

test('every attempt at a notification carries the same Message-ID', () => {
  expect(messageIdOf('01a2')).toBe('<01a2@clearlot.example>');
});

test('a failed mail waits longer each time, never more than a quarter of an hour, and is given up in the end', () => {
  const waits = [1, 2, 3, 10, 11, 199].map((attempts) => afterFailure(attempts, now).dueAt.getTime() - now.getTime());
  expect(waits).toEqual([1_000, 2_000, 4_000, 512_000, 900_000, 900_000]);
  expect(afterFailure(199, now).state).toBe('planned');
  expect(afterFailure(200, now).state).toBe('failed');
});
