import {
  addProbes,
  continueTrace,
  type Logger,
  sendProblem,
  serviceErrors,
  toProblem,
  withTrace,
} from '@clearlot/service';
import cookie from '@fastify/cookie';
import rateLimit from '@fastify/rate-limit';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyRequest, LogController } from 'fastify';
import { createFanOut } from './fan-out.ts';
import { createForwarder } from './forward.ts';
import { addLive, type LiveOptions, mayUpgrade } from './live/live.ts';
import { mergeOpenApi } from './openapi.ts';
import type { ServiceName } from './routing.ts';
import { type SessionExchange, sessionCookie } from './session.ts';
import type { Upstream } from './upstream.ts';
import { addWeb, type WebOptions } from './web/web.ts';

/** The largest upload, with room for its multipart frame. */
const bodyBytesMax = 11 * 1024 * 1024;

interface GatewayOptions {
  upstreams: Record<ServiceName, Upstream>;
  sessions: SessionExchange;
  log: Logger;
  rateLimitPerMinute: number;
  trustedProxies: readonly string[];
  isReady: () => Promise<boolean>;
  live: LiveOptions;
  web: WebOptions;
}

/** The platform's one public door: it holds no data, so any number of replicas can stand side by side. */
export async function createGateway(options: GatewayOptions): Promise<FastifyInstance> {
  const { upstreams, sessions, log } = options;
  const app = Fastify({
    loggerInstance: log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    // Every line has the trace id already; a logger of its own for each request would only cost.
    childLoggerFactory: (logger) => logger,
    bodyLimit: bodyBytesMax,
    return503OnClosing: false,
    http: { shouldUpgradeCallback: mayUpgrade },
    trustProxy: options.trustedProxies.length > 0 ? [...options.trustedProxies] : false,
  });
  // Bodies pass as they came, and whole: one that a dying replica took half of could not be sent to the next. The
  // services parse and validate them.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.addHook('onRequest', (request, _reply, done) => withTrace(continueTrace(traceOf(request)), done));
  app.setErrorHandler((error, _request, reply) => {
    const problem = toProblem(error);
    if (problem.status >= 500) log.error({ err: error }, 'request failed');
    return sendProblem(reply, problem);
  });
  await app.register(cookie);
  addProbes(app, options.isReady);
  await addWeb(app, options.web);
  await addDocs(app, upstreams);
  await app.register(async (api) => {
    await api.register(rateLimit, {
      max: options.rateLimitPerMinute,
      timeWindow: '1 minute',
      keyGenerator: rateLimitKey,
      errorResponseBuilder: () => serviceErrors.error('TOO_MANY_REQUESTS'),
    });
    const fanOut = createFanOut(upstreams, sessions);
    api.get('/api/admin/audit', fanOut);
    api.get('/api/admin/dead-letters', fanOut);
    await addLive(api, options.live, { upstreams, sessions, log });
    api.all('/api/*', createForwarder(upstreams, sessions));
  });
  return app;
}

/** Signing in counts by address, whatever credentials come along; the rest by session, else by address. */
function rateLimitKey(request: FastifyRequest): string {
  if (request.url.startsWith('/api/auth/')) return request.ip;
  return request.headers.authorization ?? request.cookies[sessionCookie] ?? request.ip;
}

async function addDocs(app: FastifyInstance, upstreams: Record<ServiceName, Upstream>): Promise<void> {
  app.get('/api/openapi.json', () => mergeOpenApi(upstreams));
  await app.register(swagger, { openapi: { openapi: '3.1.0', info: { title: 'Clearlot', version: '1' } } });
  await app.register(swaggerUi, {
    routePrefix: '/api/docs',
    uiConfig: { url: '/api/openapi.json', deepLinking: true },
    staticCSP: true,
  });
}

function traceOf(request: FastifyRequest): string | undefined {
  const value = request.headers.traceparent;
  return typeof value === 'string' ? value : undefined;
}
