import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, run } from '../checks/run.ts';

/** Where the web app keeps the types of the API. */
export const apiTypesFile = join(root, 'web/src/api/schema.d.ts');

const generator = join(root, 'web/node_modules/openapi-typescript/bin/cli.js');

/** The types of an API by its OpenAPI document, as TypeScript. In a process of its own: it has its own compiler. */
export async function apiTypes(document: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'clearlot-api-types-'));
  try {
    const [input, output] = [join(folder, 'openapi.json'), join(folder, 'schema.d.ts')];
    writeFileSync(input, document);
    const { ok, output: said } = await run(process.execPath, [generator, input, '-o', output], join(root, 'web'));
    if (!ok) throw new Error(said);
    return readFileSync(output, 'utf8');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
