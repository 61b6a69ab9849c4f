import { type ServiceName, services } from './routing.ts';
import { readJson, type Upstream } from './upstream.ts';

interface Document {
  paths?: Record<string, Record<string, { tags?: string[] }>>;
  components?: Record<string, Record<string, unknown>>;
}

const OPERATIONS = ['/api/admin/audit', '/api/admin/dead-letters'];

/** One OpenAPI 3.1 document of all services, from what each serves of itself now. */
export async function mergeOpenApi(upstreams: Record<ServiceName, Upstream>): Promise<object> {
  const documents = await Promise.all(
    services.map(async (name) => {
      const answer = await upstreams[name].request({ path: '/openapi.json', method: 'GET' });
      return [name, await readJson<Document>(answer)] as const;
    }),
  );
  const paths: Record<string, unknown> = {};
  const schemas: Record<string, unknown> = {};
  for (const [name, document] of documents) {
    for (const [path, operations] of Object.entries(document.paths ?? {})) {
      if (!path.startsWith('/api/')) continue;
      const tag = OPERATIONS.includes(path) ? 'operations' : name;
      paths[path] ??= Object.fromEntries(
        Object.entries(operations).map(([method, operation]) => [method, { ...operation, tags: [tag] }]),
      );
    }
    Object.assign(schemas, document.components?.schemas);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Clearlot',
      version: '1',
      description: 'Errors are RFC 9457 problems with a stable `code`. Every write honours `Idempotency-Key`.',
    },
    servers: [{ url: '/' }],
    tags: [...services, 'operations'].map((name) => ({ name })),
    paths: Object.fromEntries(Object.entries(paths).sort(([a], [b]) => a.localeCompare(b))),
    components: { schemas, securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } } },
  };
}
