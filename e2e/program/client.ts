import { randomUUID } from 'node:crypto';

export interface Answer<T> {
  status: number;
  body: T;
  headers: Headers;
}

/** A problem+json answer, as an error that names it. */
export class Refused extends Error {
  readonly status: number;
  readonly code: string;
  readonly body: { code?: string; detail?: string; errors?: { pointer: string; message: string }[]; traceId?: string };
  constructor(what: string, status: number, body: Refused['body']) {
    super(`${what} answered ${status} ${body.code ?? ''}: ${body.detail ?? JSON.stringify(body)}`);
    this.status = status;
    this.code = body.code ?? '';
    this.body = body;
  }
}

/** Somebody using the public API: one signed-in person, or nobody. */
export interface Client {
  get<T = Record<string, unknown>>(path: string): Promise<T>;
  post<T = Record<string, unknown>>(path: string, body?: unknown): Promise<T>;
  put<T = Record<string, unknown>>(path: string, body: unknown): Promise<T>;
  upload<T = Record<string, unknown>>(path: string, fileName: string, text: string): Promise<T>;
  /** The answer as it is, whatever its status. */
  send<T = Refused['body']>(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer<T>>;
  bytes(path: string): Promise<Buffer>;
}

/**
 * Speaks to the gateway as a careful client does: every write carries an Idempotency-Key, and an answer that leaves the
 * outcome open (503, a broken connection) is asked again with the same key for up to `patienceMs`.
 */
export function createClient(baseUrl: string, token: () => Promise<string | undefined>, patienceMs = 30_000): Client {
  const call = async (method: string, path: string, init: RequestInit): Promise<Response> => {
    const key = randomUUID();
    const deadline = Date.now() + patienceMs;
    for (;;) {
      try {
        const accessToken = await token();
        const response = await fetch(baseUrl + path, {
          method,
          ...init,
          headers: {
            ...(method === 'GET' ? {} : { 'idempotency-key': key }),
            ...(accessToken ? { authorization: `Bearer ${accessToken}` } : {}),
            ...(init.headers as Record<string, string>),
          },
        });
        const open =
          response.status === 503 || (response.status === 409 && (await codeOf(response)) === 'IDEMPOTENCY_IN_FLIGHT');
        if (!open || Date.now() > deadline) return response;
      } catch (error) {
        if (Date.now() > deadline) throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };
  const json = (body: unknown): RequestInit =>
    body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
  const read = async <T>(what: string, response: Response): Promise<T> => {
    const text = await response.text();
    const body = (text ? JSON.parse(text) : null) as T;
    if (!response.ok) throw new Refused(what, response.status, body as Refused['body']);
    return body;
  };
  return {
    get: async (path) => read(`GET ${path}`, await call('GET', path, {})),
    post: async (path, body) => read(`POST ${path}`, await call('POST', path, json(body))),
    put: async (path, body) => read(`PUT ${path}`, await call('PUT', path, json(body))),
    async upload(path, fileName, text) {
      const form = new FormData();
      form.set('file', new Blob([text], { type: 'text/plain' }), fileName);
      return read(`POST ${path}`, await call('POST', path, { body: form }));
    },
    async send(method, path, body, headers) {
      const init = json(body);
      const response = await call(method, path, { ...init, headers: { ...(init.headers as object), ...headers } });
      const text = await response.text();
      const isJson = response.headers.get('content-type')?.includes('json') ?? false;
      return { status: response.status, headers: response.headers, body: (isJson ? JSON.parse(text) : text) as never };
    },
    async bytes(path) {
      const response = await call('GET', path, {});
      if (!response.ok) return read(`GET ${path}`, response);
      return Buffer.from(await response.arrayBuffer());
    },
  };
}

async function codeOf(response: Response): Promise<string> {
  return (
    (
      (await response
        .clone()
        .json()
        .catch(() => ({}))) as { code?: string }
    ).code ?? ''
  );
}

/** A client of one person, with who they are and a token that is valid now, for doors other than HTTP. */
export type SignedIn = Client & { userId(): Promise<string>; token(): Promise<string> };

/** A client that signs in when needed and again before its access token expires. */
export function signedIn(baseUrl: string, email: string, password: string): SignedIn {
  const nobody = createClient(baseUrl, async () => undefined);
  let session: { token: string; userId: string; until: number } | undefined;
  const ensure = async () => {
    if (!session || session.until < Date.now()) {
      const login = await nobody.post<{ accessToken: string; expiresIn: number; user: { id: string } }>(
        '/api/auth/login',
        {
          email,
          password,
        },
      );
      session = { token: login.accessToken, userId: login.user.id, until: Date.now() + (login.expiresIn - 30) * 1000 };
    }
    return session;
  };
  const client = createClient(baseUrl, async () => (await ensure()).token);
  return { ...client, userId: async () => (await ensure()).userId, token: async () => (await ensure()).token };
}
