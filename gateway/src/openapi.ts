import { type ServiceName, services } from './routing.ts';
import { readJson, type Upstream } from './upstream.ts';

interface Operation {
  tags?: string[];
  responses?: Record<string, unknown>;
}

interface Document {
  paths?: Record<string, Record<string, Operation>>;
  components?: Record<string, Record<string, unknown>>;
}

const OPERATIONS = ['/api/admin/audit', '/api/admin/dead-letters'];

const text = { type: 'string' };

/** What every refusal looks like (RFC 9457). */
const problem = {
  type: 'object',
  properties: {
    ...{ type: text, title: text, status: { type: 'integer' }, detail: text },
    code: { ...text, description: 'Stable, to decide by' },
    errors: {
      type: 'array',
      items: { type: 'object', properties: { pointer: text, message: text }, required: ['pointer', 'message'] },
    },
    params: { type: 'object', additionalProperties: true, description: 'Facts of the refusal' },
    traceId: { ...text, description: 'To quote when asking for help' },
  },
  required: ['title', 'status', 'detail', 'code'],
};

const refused = {
  description: 'Refused: nothing was changed',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};

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
        Object.entries(operations).map(([method, operation]) => {
          const responses = { ...operation.responses, default: refused };
          return [method, { ...operation, tags: [tag], responses }];
        }),
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
    components: {
      schemas: { ...schemas, Problem: problem },
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
    },
  };
}
