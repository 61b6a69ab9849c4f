import { currentTraceparent, type Problem, sendProblem } from '@clearlot/service';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type ServiceName, services } from './routing.ts';
import type { SessionExchange } from './session.ts';
import { readJson, type Upstream } from './upstream.ts';

interface Item {
  id: string;
  at?: string;
  createdAt?: string;
}

const LIMIT_DEFAULT = 100;

/**
 * Asks every service the same question and answers with their items in one list, newest first: the audit trail and the
 * dead letters. The cursor of a page is that of its last item, which every service understands. A service that
 * refuses or fails decides the answer: a trail with a hole would read as complete.
 */
export function createFanOut(upstreams: Record<ServiceName, Upstream>, sessions: SessionExchange) {
  return async (request: FastifyRequest, reply: FastifyReply) => {
    const token = await sessions.accessToken(request);
    const headers = {
      'x-forwarded-for': request.ip,
      traceparent: currentTraceparent(),
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    };
    const answers = await Promise.all(
      services.map(async (name) => {
        const path = request.raw.url ?? '/';
        const answer = await upstreams[name].request({ path, method: 'GET', headers });
        const body = await readJson<{ items: Item[]; nextCursor?: string | null }>(answer);
        return { statusCode: answer.statusCode, body };
      }),
    );
    const refused = answers.find((answer) => answer.statusCode !== 200);
    if (refused) return sendProblem(reply, refused.body as unknown as Problem);
    const items = answers.flatMap((answer) => answer.body.items).sort(newestFirst);
    const limit = Number(new URL(request.raw.url ?? '/', 'http://gateway').searchParams.get('limit') ?? LIMIT_DEFAULT);
    const more = items.length > limit || answers.some((answer) => answer.body.nextCursor);
    const page = items.slice(0, limit);
    const last = page.at(-1);
    return reply.send({ items: page, nextCursor: more && last ? cursorAfter(last) : null });
  };
}

function newestFirst(a: Item, b: Item): number {
  return instantOf(b).localeCompare(instantOf(a)) || b.id.localeCompare(a.id);
}

/** The services' own cursor form, so that each continues after this item. */
function cursorAfter(item: Item): string {
  const at = instantOf(item).replace('T', ' ').replace('Z', '+00');
  return Buffer.from(`${at} ${item.id}`).toString('base64url');
}

function instantOf(item: Item): string {
  return item.at ?? item.createdAt ?? '';
}
