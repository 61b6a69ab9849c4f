import { join, resolve, sep } from 'node:path';
import { serviceErrors } from '@clearlot/service';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { pageHeaders } from './headers.ts';

/** Somebody to look around as, shown beside the sign-in of a demonstration. */
export interface DemoAccount {
  role: string;
  name: string;
  email: string;
  password: string;
}

export interface WebOptions {
  /** Folder of the built web app; without one there is only the API. */
  root?: string | undefined;
  /** Where browsers reach the platform. */
  publicUrl: string;
  /** Only ever of a platform that was started for demonstration. */
  demoAccounts?: readonly DemoAccount[] | undefined;
}

/** The names in /assets hold a hash of what is in the file. */
const forGood = 'public, max-age=31536000, immutable';

/**
 * Serves the web app: its files as they are (compressed when they lie there compressed), and its one page at every
 * address that a browser may be told to open. Anything else that is not there is a problem, as from the API.
 */
export async function addWeb(app: FastifyInstance, options: WebOptions): Promise<void> {
  addDemoAccounts(app, options.demoAccounts);
  const { root } = options;
  if (root !== undefined) await addFiles(app, resolve(root), pageHeaders(options.publicUrl));
  app.setNotFoundHandler((request, reply) => {
    if (root === undefined || !isPage(request)) throw serviceErrors.error('ROUTE_NOT_FOUND');
    return reply.sendFile('index.html');
  });
}

async function addFiles(app: FastifyInstance, root: string, headers: Record<string, string>): Promise<void> {
  const assets = join(root, 'assets') + sep;
  await app.register(fastifyStatic, {
    root,
    // What the build says of itself (.vite) is not for everybody.
    dotfiles: 'ignore',
    preCompressed: true,
    cacheControl: false,
    setHeaders: (reply: FastifyReply, path: string) => {
      reply.headers({ ...headers, 'cache-control': path.startsWith(assets) ? forGood : 'no-cache' });
    },
  });
}

function addDemoAccounts(app: FastifyInstance, accounts: readonly DemoAccount[] | undefined): void {
  app.get('/demo-accounts.json', { schema: { hide: true } }, (_request, reply) => {
    if (!accounts) throw serviceErrors.error('ROUTE_NOT_FOUND');
    return reply.header('cache-control', 'no-store').send(accounts);
  });
}

/** Whether a browser asks for a page to show: the app then says itself what is at the address. */
function isPage({ method, headers, url }: FastifyRequest): boolean {
  if (method !== 'GET' && method !== 'HEAD') return false;
  return (headers.accept ?? '').includes('text/html') && !/^\/(api|assets)(\/|$)/.test(url.split('?', 1)[0] ?? '');
}
