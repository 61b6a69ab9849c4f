import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Outcome, root, run, tool } from './run.ts';

const proto = join(root, 'proto');

/** The contracts as last released, an image that buf built: a clone without history can compare with it too. */
const released = join(proto, 'released.binpb');

/** What servers answer reflection with. */
const descriptors = join('gen', 'clearlot.binpb');

/** Regenerates proto/gen, or makes the same in another folder. */
export async function generateContracts(folder = proto): Promise<Outcome> {
  const generated = await run(tool('buf'), ['generate', '-o', folder], proto);
  if (!generated.ok) return generated;
  return run(tool('buf'), ['build', '--as-file-descriptor-set', '-o', join(folder, descriptors)], proto);
}

/** Declares the present contracts released: from then on `npm run check` refuses a breaking change of them. */
export function releaseContracts(): Promise<Outcome> {
  return run(tool('buf'), ['build', '-o', released], proto);
}

/** Style of the contracts. */
export function lintContracts(): Promise<Outcome> {
  return run(tool('buf'), ['lint'], proto);
}

/** Compatibility with the released contracts. */
export async function compareContracts(): Promise<Outcome> {
  if (!existsSync(released)) {
    return { ok: true, output: '', note: 'no released contracts yet (npm run generate -- --release)' };
  }
  return run(tool('buf'), ['breaking', '--against', released], proto);
}

/** Whether proto/gen is what the generator makes of the contracts now. */
export async function compareGenerated(): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'clearlot-gen-'));
  try {
    const generated = await generateContracts(folder);
    if (!generated.ok) return generated;
    const fresh = filesIn(join(folder, 'gen'));
    const kept = filesIn(join(proto, 'gen'));
    const differing = [...new Set([...fresh.keys(), ...kept.keys()])].filter(
      (path) => fresh.get(path) !== kept.get(path),
    );
    const output = `Out of date, run npm run generate:\n${differing.map((path) => `  proto/gen/${path}`).join('\n')}\n`;
    return { ok: differing.length === 0, output };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function filesIn(folder: string): Map<string, string> {
  const paths = globSync('**/*.{ts,binpb}', { cwd: folder });
  return new Map(paths.map((path) => [path, readFileSync(join(folder, path), 'latin1')]));
}
