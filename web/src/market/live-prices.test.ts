import { describe, expect, it } from 'vitest';
import type { Quote } from './badges.tsx';
import { type LivePrice, withLive } from './live-prices.ts';

const at = (minute: number) => `2026-11-24T10:0${minute}:00.000Z`;
const quotes = [
  {
    instrument: { instrumentId: 'i' },
    figures: [
      { sourceId: 'a', mid: '10', recordedAt: at(1), sequence: '4', stale: true, source: { name: 'A' } },
      { sourceId: 'b', mid: '20', recordedAt: at(1), sequence: '3', stale: false, source: { name: 'B' } },
    ],
  },
  { instrument: { instrumentId: 'j' }, figures: [] },
] as unknown as readonly Quote[];
const live = (sequence: number, ...figures: [string, string, number][]): LivePrice => ({
  sequence,
  figures: figures.map(([sourceId, mid, minute]) => ({
    ...{ sourceId, mid, low: mid, high: mid, kind: 'trade', edition: 'e', validAt: at(minute), recordedAt: at(minute) },
  })),
});

describe('a live price', () => {
  it('replaces the figure of its source and of no other, and is fresh', () => {
    const { quotes: next, isWhole } = withLive(quotes, 'i', live(5, ['a', '11', 2], ['b', '20', 1]));
    expect(isWhole).toBe(true);
    expect(next[0]?.figures[0]).toMatchObject({ mid: '11', stale: false, sequence: '5', source: { name: 'A' } });
    expect(next[0]?.figures[1]).toBe(quotes[0]?.figures[1]);
  });

  it('that is known or older changes nothing', () => {
    const known = withLive(quotes, 'i', live(4, ['a', '10', 1], ['b', '9', 0]));
    expect(known.quotes).toBe(quotes);
    expect(known.isWhole).toBe(true);
  });

  it('of a source that is not shown, or that only rings, has to be asked for', () => {
    expect(withLive(quotes, 'i', live(5, ['c', '7', 2])).isWhole).toBe(false);
    expect(withLive(quotes, 'i', live(6, ['a', '10', 1])).isWhole).toBe(false);
  });
});
