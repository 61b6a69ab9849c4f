import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Scene, Stage } from './stage.ts';

/** Which scenes were played to their end. */
export interface Memory {
  has(name: string): boolean;
  add(name: string): void;
}

/**
 * Keeps it in a file beside the state it is about. People change what they find in the demo world, so that looking for what a
 * scene made would not tell whether it was played.
 */
export function rememberIn(file: string): Memory {
  const played = new Set<string>(existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).played : []);
  return {
    has: (name) => played.has(name),
    add(name) {
      played.add(name);
      writeFileSync(`${file}.new`, JSON.stringify({ played: [...played] }, null, 2));
      renameSync(`${file}.new`, file);
    },
  };
}

/**
 * Plays the scenes that are not in memory, tracks beside each other; answers those that failed. A scene that fails does not
 * keep the others from being played; it, or one that was cut short, is played from its beginning the next time.
 */
export async function playOnce(
  tracks: readonly (readonly Scene[])[],
  stage: Stage,
  memory: Memory,
  signal: AbortSignal,
): Promise<{ name: string; why: string }[]> {
  const failed: { name: string; why: string }[] = [];
  await Promise.all(
    tracks.map(async (track) => {
      for (const { name, play } of track) {
        if (signal.aborted) return;
        if (memory.has(name)) continue;
        try {
          await play(stage);
          memory.add(name);
        } catch (error) {
          failed.push({ name, why: error instanceof Error ? error.message : String(error) });
        }
      }
    }),
  );
  return failed;
}
