import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { root, run } from '../checks/run.ts';

const builds = join(root, '.clearlot', 'web-builds');
const compressible = '**/*.{js,css,html,svg,json}';
const keptBuilds = 5;
const dayMs = 24 * 3_600_000;

let building: Promise<string> | undefined;

/**
 * The folder of the built web app, with a compressed file beside each. It is named by what it was made of: built only when
 * that changed, by several at once without harm, and never altered under a gateway that serves it. Throws what the build says
 * when it fails.
 */
export function buildWeb(): Promise<string> {
  building ??= build();
  return building;
}

async function build(): Promise<string> {
  const sources = hashOfSources();
  let dist = join(builds, sources);
  if (!existsSync(dist)) {
    const made = await buildInto(`${dist}.${process.pid}`);
    // What was edited meanwhile may be in it or not: good enough to be served now, and never found by the next.
    if (hashOfSources() !== sources) dist = made;
    else if (existsSync(dist)) rmSync(made, { recursive: true });
    else renameSync(made, dist);
  }
  await utimes(dist, new Date(), new Date());
  removeOldBuilds();
  return dist;
}

async function buildInto(folder: string): Promise<string> {
  mkdirSync(builds, { recursive: true });
  const vite = join(root, 'web', 'node_modules', 'vite', 'bin', 'vite.js');
  const built = await run(process.execPath, [vite, 'build', '--outDir', folder, '--emptyOutDir'], join(root, 'web'));
  if (!built.ok) throw new Error(`The web app does not build:\n${built.output}`);
  await Promise.all(globSync(compressible, { cwd: folder }).map((path) => compress(join(folder, path))));
  return folder;
}

async function compress(file: string): Promise<void> {
  const bytes = await readFile(file);
  const best = { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } };
  const [zipped, smaller] = await Promise.all([
    promisify(gzip)(bytes, { level: constants.Z_BEST_COMPRESSION }),
    promisify(brotliCompress)(bytes, best),
  ]);
  await Promise.all([writeFile(`${file}.gz`, zipped), writeFile(`${file}.br`, smaller)]);
}

/** A platform that has been running for a while may still serve an older build. */
function removeOldBuilds(): void {
  const usedAt = (folder: string) => statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  readdirSync(builds)
    .map((name) => join(builds, name))
    .sort((a, b) => usedAt(b) - usedAt(a))
    .slice(keptBuilds)
    .filter((folder) => usedAt(folder) < Date.now() - dayMs)
    .map((folder) => rmSync(folder, { recursive: true, force: true }));
}

/** Of everything that the build reads, by name and content. */
function hashOfSources(): string {
  const hash = createHash('sha256');
  const guides = ['docs/guides/*.md', 'docs/screens/*.png'].flatMap((pattern) => globSync(pattern, { cwd: root }));
  const own = globSync(['web/{src,public}/**/*', 'web/*.{ts,json,html}'], { cwd: root, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    // The build writes it itself, from the routes.
    .filter((path) => path !== join('web', 'src', 'routeTree.gen.ts'));
  for (const path of ['pnpm-lock.yaml', ...guides, ...own].sort()) {
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(root, path)))
      .update('\0');
  }
  return hash.digest('hex').slice(0, 16);
}

if (import.meta.main) {
  try {
    console.log(await buildWeb());
  } catch (error) {
    console.error(`clearlot: ${error instanceof Error ? error.message : error}`);
    process.exit(1);
  }
}
