import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pureFiles } from './rule-files.ts';
import { type Outcome, root } from './run.ts';

const impure = [
  { pattern: /\bDate\.now\s*\(/, instead: 'take `now` as an argument' },
  { pattern: /\bnew Date\s*\(\s*\)/, instead: 'take `now` as an argument' },
  { pattern: /\bMath\.random\s*\(/, instead: 'take the id or number as an argument' },
  { pattern: /\bprocess\./, instead: 'take the setting as an argument' },
];

/** Rule files read no clock, no chance and no environment; their imports are the business of the layer rules. */
export async function checkPurity(): Promise<Outcome> {
  const rule = new RegExp(pureFiles);
  const problems = globSync('services/*/src/**/*.ts', { cwd: root })
    .filter((path) => rule.test(path))
    .flatMap(problemsIn);
  return { ok: problems.length === 0, output: `${problems.join('\n')}\n` };
}

function problemsIn(path: string): string[] {
  // Comments may speak of clocks; blanked rather than removed, so that line numbers stay.
  const code = readFileSync(join(root, path), 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, (comment) =>
    comment.replaceAll(/[^\n]/g, ' '),
  );
  return code
    .split('\n')
    .flatMap((line, index) =>
      impure
        .filter(({ pattern }) => pattern.test(line))
        .map(({ instead }) => `${path}:${index + 1}: ${line.trim()}  →  ${instead}`),
    );
}
