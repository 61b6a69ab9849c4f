/** What vite's manifest says of one module it made a file of. */
export interface ManifestEntry {
  file: string;
  isEntry?: boolean;
  isDynamicEntry?: boolean;
  imports?: readonly string[];
  dynamicImports?: readonly string[];
  css?: readonly string[];
}

export type Manifest = Readonly<Record<string, ManifestEntry>>;

export interface Weights {
  /** Until the app runs, without any page. */
  first: number;
  /** Of each route, by its name: the first load, the layouts around it, and all that it fetches by itself, now or later. */
  routes: Readonly<Record<string, number>>;
  /** Every script and style there is. */
  total: number;
}

/**
 * What a visitor downloads, by the sizes of files as they go over the wire. A file that several things need counts once in
 * each of them. `always` is what every page needs besides, such as the font.
 */
export function weigh(manifest: Manifest, sizeOf: (file: string) => number, always: readonly string[] = []): Weights {
  const keys = Object.keys(manifest);
  const routes = new Map(keys.flatMap((key) => (manifest[key]?.isDynamicEntry ? named(key) : [])));
  const sum = (files: Iterable<string>) => [...files].reduce((bytes, file) => bytes + sizeOf(file), 0);
  const weight = (modules: Iterable<string>) => sum([...always, ...filesOf(manifest, modules)]);

  const first = new Set<string>();
  for (const key of keys) if (manifest[key]?.isEntry) collect(manifest, key, first);
  const routeModules = new Set(routes.values());
  const weightOfRoute = (name: string, key: string) => {
    const modules = new Set(first);
    for (const layout of layoutsOf(name)) collect(manifest, routes.get(layout), modules);
    collect(manifest, key, modules, (later) => !routeModules.has(later));
    return weight(modules);
  };
  return {
    first: weight(first),
    routes: Object.fromEntries([...routes].map(([name, key]) => [name, weightOfRoute(name, key)])),
    total: sum(filesOf(manifest, keys)),
  };
}

/** A route's name is its file's, whether its parts are folders or have dots between them: `_app.deals.index`. */
function named(key: string): [name: string, key: string][] {
  const path = /(?:^|\/)routes\/(.+)\.tsx?(?:\?|$)/.exec(key)?.[1];
  return path ? [[path.replaceAll('/', '.'), key]] : [];
}

/** Names of the routes that `name` may be drawn inside of: `_app` and `_app.deals` for `_app.deals.index`. */
function layoutsOf(name: string): string[] {
  const parts = name.split('.');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('.'));
}

/** Adds a module with all that it imports before it runs, and of what it imports later that which `follows` says. */
function collect(
  manifest: Manifest,
  key: string | undefined,
  into: Set<string>,
  follows: (later: string) => boolean = () => false,
): void {
  const entry = key === undefined ? undefined : manifest[key];
  if (key === undefined || !entry || into.has(key)) return;
  into.add(key);
  for (const each of entry.imports ?? []) collect(manifest, each, into, follows);
  for (const each of entry.dynamicImports ?? []) if (follows(each)) collect(manifest, each, into, follows);
}

function filesOf(manifest: Manifest, modules: Iterable<string>): Set<string> {
  const files = [...modules].flatMap((key) => [manifest[key]?.file ?? '', ...(manifest[key]?.css ?? [])]);
  return new Set(files.filter((file) => /\.(js|css)$/.test(file)));
}
