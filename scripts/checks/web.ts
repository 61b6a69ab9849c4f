import { globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Manifest, weigh } from '../web/budget.ts';
import { buildWeb } from '../web/build.ts';
import type { Outcome } from './run.ts';

const kilobyte = 1_024;
const budgets = { first: 250, route: 330, total: 600 };

/** The web app builds, and no visitor downloads more of it than promised (kilobytes, compressed by gzip). */
export async function checkWeb(): Promise<Outcome> {
  const dist = await buildWeb();
  const manifest = JSON.parse(readFileSync(join(dist, '.vite', 'manifest.json'), 'utf8')) as Manifest;
  const font = globSync('assets/inter-latin-wght-normal-*.woff2', { cwd: dist });
  const sizeOf = (file: string) => statSync(join(dist, file.endsWith('.woff2') ? file : `${file}.gz`)).size / kilobyte;
  const { first, routes, total } = weigh(manifest, sizeOf, font);
  const [heaviest = '', largest = 0] = Object.entries(routes).sort(([, a], [, b]) => b - a)[0] ?? [];
  const over = [
    ...(first > budgets.first ? [`the first load is ${first.toFixed(0)} KB, more than ${budgets.first}`] : []),
    ...Object.entries(routes)
      .filter(([, size]) => size > budgets.route)
      .map(([route, size]) => `${route} is ${size.toFixed(0)} KB, more than ${budgets.route}`),
    ...(total > budgets.total ? [`all of it is ${total.toFixed(0)} KB, more than ${budgets.total}`] : []),
  ];
  return {
    ok: over.length === 0 && font.length === 1,
    output: font.length === 1 ? over.join('\n') : 'the font is not where it is expected',
    note: `first ${first.toFixed(0)} KB, ${heaviest
      .split('/')
      .at(-1)
      ?.replace(/\.tsx.*/, '')} ${largest.toFixed(0)}, all ${total.toFixed(0)}`,
  };
}
