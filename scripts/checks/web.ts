import { globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Manifest, type Weights, weigh } from '../web/budget.ts';
import { buildWeb } from '../web/build.ts';
import type { Outcome } from './run.ts';

const kilobyte = 1_024;
const budgets = { first: 250, route: 330, total: 600 };

/** The web app builds, and no visitor downloads more of it than promised (kilobytes, compressed by gzip). */
export async function checkWeb(): Promise<Outcome> {
  const dist = await buildWeb();
  const manifest = JSON.parse(readFileSync(join(dist, '.vite', 'manifest.json'), 'utf8')) as Manifest;
  const font = globSync('assets/inter-latin-wght-normal-*.woff2', { cwd: dist });
  if (font.length !== 1) return { ok: false, output: 'The font of the first page is not where it is expected.\n' };
  const sizeOf = (file: string) => statSync(join(dist, file.endsWith('.woff2') ? file : `${file}.gz`)).size / kilobyte;
  return compareWithBudgets(weigh(manifest, sizeOf, font));
}

function compareWithBudgets({ first, routes, total }: Weights): Outcome {
  const pages = Object.entries(routes).sort(([, a], [, b]) => b - a);
  const rows: [what: string, size: number, budget: number][] = [
    ['first load', first, budgets.first],
    ...pages.map(([name, size]): [string, number, number] => [name, size, budgets.route]),
    ['all scripts and styles', total, budgets.total],
  ];
  const over = rows.filter(([, size, budget]) => size > budget);
  const width = Math.max(...over.map(([what]) => what.length));
  const lines = over.map(([what, size, budget]) => `  ${what.padEnd(width)}  ${kilobytes(size)} of ${budget} KB`);
  const [heaviest = 'no page', largest = 0] = pages[0] ?? [];
  return {
    ok: over.length === 0,
    output: `Heavier than promised, compressed:\n${lines.join('\n')}\n`,
    note: `first load ${kilobytes(first)} KB, ${heaviest} ${kilobytes(largest)}, all ${kilobytes(total)}`,
  };
}

/** Rounded up: what is over is never told as being just within. */
function kilobytes(size: number): string {
  return Math.ceil(size).toString();
}
