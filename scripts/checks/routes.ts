import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Outcome, root } from './run.ts';

/**
 * A route takes nothing but components from the file of a page. Whatever else it takes (how the address is read) it needs
 * before the page is opened, and with it the whole page would come in the first load of everybody.
 */
export async function checkRoutes(): Promise<Outcome> {
  const problems = globSync('web/src/routes/**/*.tsx', { cwd: root }).flatMap((path) =>
    takenFromPages(readFileSync(join(root, path), 'utf8')).map(({ name, page }) => `${path}: ${name} from ${page}`),
  );
  const output = `Move these out of the page's file, into one of their own (…-search.ts):\n${problems.join('\n')}\n`;
  return { ok: problems.length === 0, output };
}

/** What the code of a route imports of pages (.tsx) that is not a component. */
export function takenFromPages(code: string): { name: string; page: string }[] {
  return [...code.matchAll(/import \{([^}]*)\} from '([^']+\.tsx)'/g)].flatMap(([, names = '', page = '']) =>
    names
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '' && !/^(type )|^[A-Z]/.test(name))
      .map((name) => ({ name, page })),
  );
}
