import { isDomainError } from '@clearlot/kernel';
import multipart from '@fastify/multipart';
import swagger from '@fastify/swagger';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify';
import { jsonSchemaTransform, serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import type { Actor } from '../actor.ts';
import { anonymous } from '../actor.ts';
import type { Access } from '../auth/access.ts';
import { authorize } from '../auth/access.ts';
import type { AccessTokenVerifier } from '../auth/access-token.ts';
import { type ContextParts, createContext } from '../context.ts';
import { serviceErrors } from '../errors.ts';
import { type IdempotentRequest, type KeyedHash, Replay, requestHash } from '../idempotency.ts';
import { httpDuration } from '../telemetry/metrics.ts';
import { continueTrace, withTrace } from '../telemetry/trace.ts';
import { sendProblem, toProblem } from './problem.ts';
import type { Route, RouteInput } from './route.ts';
import { readUpload, type Upload, uploadBytesMax } from './upload.ts';

/** What the hooks below keep of a request for later. */
type Traced = FastifyRequest & { traceparent?: string; bodyText?: string };

interface HttpOptions<Clients> {
  parts: ContextParts<Clients>;
  routes: readonly Route<Clients>[];
  tokens: AccessTokenVerifier;
  /** Errors unless the session is alive at identity now. */
  requireLiveSession: (actor: Actor) => Promise<void>;
  /** Applied to stored fingerprints of requests; the identity by default. */
  keyedHash?: KeyedHash | undefined;
}

/** The HTTP door of a service: its routes, their OpenAPI document at `/openapi.json`, and nothing undeclared. */
export async function createHttpServer<Clients>(options: HttpOptions<Clients>): Promise<FastifyInstance> {
  const app = Fastify({
    loggerInstance: options.parts.log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    // Every line has the trace id already; a logger of its own for each request would only cost.
    childLoggerFactory: (logger) => logger,
    return503OnClosing: false,
    trustProxy: true,
    bodyLimit: 1024 * 1024,
    routerOptions: { ignoreTrailingSlash: false },
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  acceptEmptyJson(app);
  await app.register(multipart, { limits: { fileSize: uploadBytesMax, files: 1, fields: 10 } });
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: `Clearlot ${options.parts.service}`, version: '1' },
      components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } } },
    },
    transform: jsonSchemaTransform,
  });
  app.addHook('onRequest', (request, _reply, done) => {
    (request as Traced).traceparent = continueTrace(header(request, 'traceparent'));
    done();
  });
  // Entered again after the body was read, because its stream's callbacks run outside the request's async context.
  app.addHook('preValidation', (request, _reply, done) => withTrace((request as Traced).traceparent, done));
  app.addHook('onResponse', (request, reply, done) => {
    const labels = { method: request.method, route: request.routeOptions.url ?? 'none', status: reply.statusCode };
    httpDuration.observe(labels, reply.elapsedTime / 1000);
    done();
  });
  app.setErrorHandler((error, request, reply) =>
    withTrace((request as Traced).traceparent, () => {
      const problem = toProblem(error);
      if (problem.status >= 500) options.parts.log.error({ err: error }, 'request failed');
      const waitS = isDomainError(error) ? error.params?.retryAfterSeconds : undefined;
      return sendProblem(waitS ? reply.header('retry-after', waitS) : reply, problem);
    }),
  );
  app.setNotFoundHandler(() => {
    throw serviceErrors.error('ROUTE_NOT_FOUND');
  });
  app.get('/openapi.json', { schema: { hide: true } }, () => app.swagger());
  for (const each of options.routes) addRoute(app, options, each);
  return app;
}

function addRoute<Clients>(app: FastifyInstance, options: HttpOptions<Clients>, each: Route<Clients>): void {
  app.route({
    method: each.method,
    url: each.path,
    schema: openApiSchema(each),
    // Authorization comes before validation: a stranger learns nothing of a route's shapes.
    preValidation: async (request) => {
      const actor = await readActor(options.tokens, request, each.access === 'public');
      authorize(each.access, actor);
      if (each.access !== 'public' && each.access.live) await options.requireLiveSession(actor);
      (request as { actor?: Actor }).actor = actor;
    },
    handler: async (request, reply) => {
      const upload = each.multipart ? await readUpload(request) : undefined;
      const actor = (request as { actor?: Actor }).actor ?? anonymous;
      const idempotency = each.idempotent ? readIdempotency(each, request, upload, options.keyedHash) : undefined;
      const context = createContext(options.parts, actor, { accessToken: bearer(request), idempotency });
      const result = await each.action(context, {
        params: request.params,
        query: request.query,
        body: request.body,
        upload,
        request,
        reply,
      } as unknown as RouteInput<undefined, undefined, undefined>);
      return send(reply, each, result);
    },
  });
}

function send<Clients>(reply: FastifyReply, each: Route<Clients>, result: unknown) {
  // A handler that answered by itself (a file, a register): awaiting its reply waited for the last byte.
  if (reply.sent) return reply;
  if (result instanceof Replay) {
    return reply.code(result.answer.status).header('idempotent-replayed', 'true').send(result.answer.body);
  }
  return reply.code(each.status).send(each.present(result));
}

function openApiSchema<Clients>(each: Route<Clients>) {
  return {
    summary: each.summary,
    ...(each.params ? { params: each.params } : {}),
    ...(each.query ? { querystring: each.query } : {}),
    ...(each.body ? { body: each.body } : {}),
    ...(each.multipart ? { consumes: ['multipart/form-data'] } : {}),
    ...(each.response ? { response: { [each.status]: each.response } } : {}),
    ...(each.access === 'public' ? {} : { security: [{ bearer: [] }] }),
    'x-access': describeAccess(each.access),
  };
}

function describeAccess(access: Access): string {
  return access === 'public' ? 'public' : (access.roles ?? []).join(' ');
}

/** A public route serves somebody whose token has expired as nobody: else they could not even refresh it. */
async function readActor(tokens: AccessTokenVerifier, request: FastifyRequest, isPublic: boolean): Promise<Actor> {
  const token = bearer(request);
  const verified = token ? tokens.verify(token) : anonymous;
  const actor = await (isPublic ? Promise.resolve(verified).catch(() => anonymous) : verified);
  return { ...actor, ip: request.ip };
}

function bearer(request: FastifyRequest): string | undefined {
  const value = request.headers.authorization;
  return value?.startsWith('Bearer ') ? value.slice(7) : undefined;
}

function readIdempotency<Clients>(
  each: Route<Clients>,
  request: FastifyRequest,
  upload: Upload | undefined,
  keyedHash: KeyedHash = (hash) => hash,
): IdempotentRequest | undefined {
  const key = header(request, 'idempotency-key');
  if (key === undefined) return undefined;
  if (!/^[\x21-\x7e][\x20-\x7e]{0,254}$/.test(key)) throw serviceErrors.error('IDEMPOTENCY_KEY_INVALID');
  // As it was sent: the validated body may hold what has no JSON form.
  const body = upload?.bytes ?? (request as Traced).bodyText ?? '';
  return {
    key,
    hash: keyedHash(requestHash(request.method, request.url, body)),
    present: (result) => ({ status: each.status, body: each.present(result) }),
  };
}

function header(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

/** A POST without a body (open, lock, close) is fine even when the client declares JSON. */
function acceptEmptyJson(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    (request as Traced).bodyText = body as string;
    if (body === '') return done(null, undefined);
    parse(request, body as string, done);
  });
}
