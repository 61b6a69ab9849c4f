import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { playOnce, rememberIn } from './scenes.ts';
import { type Scene, stageAt } from './stage.ts';

describe('the scenes of the demo world', () => {
  let folder: string;
  let played: string[];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'clearlot-scenes-'));
    played = [];
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const scene = (name: string, act = async () => {}): Scene => ({
    name,
    async play() {
      played.push(name);
      await act();
    },
  });
  const broken = scene('b', () => Promise.reject(new Error('refused')));
  const start = (tracks: Scene[][], signal = new AbortController().signal) =>
    playOnce(tracks, stageAt('http://localhost:1'), rememberIn(join(folder, 'world.json')), signal);

  test('are played once, whatever is started again', async () => {
    await start([[scene('a'), scene('b')], [scene('c')]]);
    await start([
      [scene('a'), scene('b')],
      [scene('c'), scene('d')],
    ]);
    expect(played.toSorted()).toEqual(['a', 'b', 'c', 'd']);
  });

  test('go on after one that failed, which is named and played again', async () => {
    expect(await start([[scene('a'), broken, scene('c')]])).toEqual([{ name: 'b', why: 'refused' }]);
    expect(await start([[scene('a'), scene('b'), scene('c')]])).toEqual([]);
    expect(played).toEqual(['a', 'b', 'c', 'b']);
  });

  test('end when the platform stops', async () => {
    const stopping = new AbortController();
    await start([[scene('a', async () => stopping.abort()), scene('b')]], stopping.signal);
    expect(played).toEqual(['a']);
  });
});
