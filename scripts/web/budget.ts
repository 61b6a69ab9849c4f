/** What vite's manifest says of one module it made a file of. */
export interface ManifestEntry {
  file: string;
  isEntry?: boolean;
  isDynamicEntry?: boolean;
  imports?: readonly string[];
  css?: readonly string[];
}

export type Manifest = Readonly<Record<string, ManifestEntry>>;

export interface Weights {
  /** Bytes until the first page shows, without the page's own code. */
  first: number;
  /** Bytes of each route on top of nothing: the first load and all that the route waits for. */
  routes: Readonly<Record<string, number>>;
  /** Every script and style there is. */
  total: number;
}

const isCounted = (file: string) => /\.(js|css)$/.test(file);

/**
 * What a visitor downloads, by the sizes of files as they go over the wire. A file that several things need counts once in
 * each of them. `always` is what every page needs besides, such as the font. Bytes.
 */
export function weigh(manifest: Manifest, sizeOf: (file: string) => number, always: readonly string[] = []): Weights {
  const entries = Object.keys(manifest).filter((key) => manifest[key]?.isEntry);
  const first = new Set([...always, ...entries.flatMap((key) => filesOf(manifest, key))]);
  const routes = Object.keys(manifest).filter((key) => manifest[key]?.isDynamicEntry && /\/routes\//.test(key));
  const sum = (files: Iterable<string>) => [...files].reduce((bytes, file) => bytes + sizeOf(file), 0);
  const all = Object.values(manifest).flatMap(({ file, css = [] }) => [file, ...css]);
  return {
    first: sum(first),
    routes: Object.fromEntries(routes.map((key) => [key, sum(new Set([...first, ...filesOf(manifest, key)]))])),
    total: sum(new Set(all.filter(isCounted))),
  };
}

/** A module's file with everything that it imports before it runs. */
function filesOf(manifest: Manifest, key: string, seen = new Set<string>()): string[] {
  const entry = manifest[key];
  if (!entry || seen.has(key)) return [];
  seen.add(key);
  return [entry.file, ...(entry.css ?? []), ...(entry.imports ?? []).flatMap((each) => filesOf(manifest, each, seen))];
}
