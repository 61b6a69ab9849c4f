import { type Client, signedIn } from '../e2e/program/client.ts';
import type { Say } from '../e2e/program/program.ts';
import { demoOperator } from './demo-world.ts';

/**
 * Plays a demo against the running platform: prints each step as it happens, then the lines it ends with. Exits with 1 when
 * nothing answers or anything is unaccounted for.
 */
export async function playDemo(
  play: (baseUrl: string, operator: Client, say: Say) => Promise<string[]>,
): Promise<void> {
  const baseUrl = process.env.CLEARLOT_URL ?? `http://localhost:${process.env.CLEARLOT_PORT ?? 8080}`;
  const started = performance.now();
  const say: Say = (line) => console.log(`${((performance.now() - started) / 1000).toFixed(1).padStart(6)} s  ${line}`);
  try {
    await fetch(`${baseUrl}/healthz`);
  } catch {
    console.error(`No platform answers at ${baseUrl}. Run npm start first, in another terminal.`);
    process.exit(1);
  }
  try {
    const operator = signedIn(baseUrl, demoOperator.email, demoOperator.password);
    console.log(`\n${(await play(baseUrl, operator, say)).join('\n')}`);
  } catch (error) {
    console.error(`\nThe demo failed: ${error instanceof Error ? error.message : String(error)}`);
    process.exit(1);
  }
}
