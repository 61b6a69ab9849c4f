import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { root, run } from '../checks/run.ts';

const dist = join(root, '.clearlot', 'web');
const builtFrom = join(root, '.clearlot', 'web-built-from');
const compressible = '**/*.{js,css,html,svg,json}';

let building: Promise<string> | undefined;

/**
 * The folder of the built web app, built when what it is made of has changed since, with a compressed file beside each. Throws
 * what the build says when it fails.
 */
export function buildWeb(): Promise<string> {
  building ??= build();
  return building;
}

async function build(): Promise<string> {
  const sources = hashOfSources();
  if (existsSync(join(dist, 'index.html')) && existsSync(builtFrom) && readFileSync(builtFrom, 'utf8') === sources) {
    return dist;
  }
  const vite = join(root, 'web', 'node_modules', 'vite', 'bin', 'vite.js');
  const { ok, output } = await run(
    process.execPath,
    [vite, 'build', '--outDir', dist, '--emptyOutDir'],
    join(root, 'web'),
  );
  if (!ok) throw new Error(`The web app does not build:\n${output}`);
  await Promise.all(globSync(compressible, { cwd: dist }).map(compress));
  mkdirSync(join(root, '.clearlot'), { recursive: true });
  writeFileSync(builtFrom, sources);
  return dist;
}

async function compress(path: string): Promise<void> {
  const file = join(dist, path);
  const bytes = readFileSync(file);
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };
  const [zipped, smaller] = await Promise.all([promisify(gzip)(bytes), promisify(brotliCompress)(bytes, quality)]);
  writeFileSync(`${file}.gz`, zipped);
  writeFileSync(`${file}.br`, smaller);
}

/** Of everything that the build reads, by name and content. */
function hashOfSources(): string {
  const hash = createHash('sha256');
  const guides = ['docs/guides/*.md', 'docs/screens/*.png'].flatMap((pattern) => globSync(pattern, { cwd: root }));
  const own = globSync(['web/{src,public}/**/*', 'web/*.{ts,json,html}'], { cwd: root, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
  for (const path of ['pnpm-lock.yaml', ...guides, ...own].sort()) {
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(root, path)))
      .update('\0');
  }
  return hash.digest('hex');
}
