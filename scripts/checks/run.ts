import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';

/** Root of the repository. */
export const root = dirname(dirname(import.meta.dirname));

/** Path of a tool that pnpm installed. */
export function tool(name: string): string {
  return join(root, 'node_modules', '.bin', name);
}

/** How a check ended; `output` is shown when it failed, `note` always. */
export type Outcome = { ok: boolean; output: string; note?: string };

/** Runs a tool and collects what it prints. */
export function run(command: string, args: string[], cwd = root): Promise<Outcome> {
  return new Promise((resolve) => {
    // The tools' scripts ask PATH for a Node; the pinned one must answer. Colours would only clutter collected output.
    const env = { ...process.env, PATH: `${dirname(tool('node'))}:${process.env.PATH}`, NO_COLOR: '1' };
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        output += chunk;
      });
    }
    child.on('error', (error) => resolve({ ok: false, output: String(error) }));
    child.on('close', (code) => resolve({ ok: code === 0, output }));
  });
}
