import { expect, it } from 'vitest';
import { oldestFirst, queueOf } from './queue.ts';

const link = { to: '/admin/holdings' } as const;

it('says how many wait and since when the first does, whatever order they came in', () => {
  expect(queueOf('Holdings', link, { times: ['2026-11-03', '2026-11-01', '2026-11-02'], more: true })).toEqual({
    label: 'Holdings',
    link,
    count: 3,
    more: true,
    oldest: '2026-11-01',
  });
});

it('is none when nothing waits or nothing is known yet', () => {
  expect(queueOf('Holdings', link, { times: [], more: false })).toBeUndefined();
  expect(queueOf('Holdings', link, undefined)).toBeUndefined();
});

it('puts the queue first in which somebody waits longest, not the longest queue', () => {
  const queues = [
    queueOf('A', link, { times: ['2026-11-02', '2026-11-03', '2026-11-04'], more: false }),
    undefined,
    queueOf('B', link, { times: ['2026-11-01'], more: false }),
  ];
  expect(oldestFirst(queues).map(({ label }) => label)).toEqual(['B', 'A']);
});
