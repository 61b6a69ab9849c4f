import { type Clock, newId } from '@clearlot/kernel';
import type { AgreementsRequested, SettlementCancelled } from '@clearlot/proto/deals/v1/events';
import type { StoreFileRequest } from '@clearlot/proto/documents/v1/documents';
import { type EventType, events } from '@clearlot/proto/events';
import type { ContractCancelled, ContractRequested } from '@clearlot/proto/marketplace/v1/events';
import {
  type Actor,
  type ContextParts,
  createContext,
  createHttpServer,
  createLogger,
  createVault,
  handleDelivery,
  openDatabase,
  serviceErrors,
} from '@clearlot/service';
import type { Clients } from './clients.ts';
import { documentRoutes } from './documents/routes.ts';
import { reactions } from './events.ts';
import type { FilePurpose } from './files/file.ts';
import { storeFile } from './files/store-file.ts';

/** The service without its network: requests are injected, events are handed over, identity is a table of names. */
export async function openWorld(database: { appUrl: string; adminUrl: string }, clock: Clock) {
  const sql = openDatabase(database.appUrl, { max: 8 });
  const admin = openDatabase(database.adminUrl, { max: 2 });
  const names = new Map<string, string>();
  const identity = {
    getLegalNames: async ({ userIds }: { userIds: string[] }) => ({
      names: Object.fromEntries(userIds.flatMap((id) => (names.has(id) ? [[id, names.get(id) ?? '']] : []))),
    }),
  };
  const parts: ContextParts<Clients> = {
    service: 'documents',
    sql,
    clients: {
      identity: identity as unknown as Clients['identity'],
      vault: createVault(Buffer.alloc(32, 7).toString('base64')),
    },
    clock,
    log: createLogger('documents', 'silent'),
    kick() {},
  };
  const http = await createHttpServer({
    parts,
    routes: documentRoutes,
    tokens: { verify: async (token) => actorOf(token) },
    requireLiveSession: async (actor) => {
      if (actor.sessionId === 'ended') throw serviceErrors.error('SESSION_REVOKED');
    },
  });
  const bySubject = new Map(reactions.map((each) => [each.type.subject, each]));
  const sent = new Map<string, string[]>();

  const deliver = <T>(type: EventType<T>, dealId: string, event: T, messageId = newId()) => {
    const own = sent.get(dealId) ?? [];
    sent.set(dealId, own);
    if (!own.includes(messageId)) own.push(messageId);
    const version = BigInt(own.indexOf(messageId) + 1);
    const [area, aggregate] = type.subject.split('.');
    return handleDelivery(parts, `documents__${area}_${aggregate}`, bySubject, {
      messageId,
      subject: type.subject,
      aggregateId: dealId,
      version,
      occurredAt: clock.now(),
      payload: type.codec.encode(event).finish(),
      traceparent: undefined,
    });
  };

  return {
    admin,
    parts,
    context: (actor: Actor) => createContext(parts, actor),
    person(name: string): string {
      const id = newId();
      names.set(id, name);
      return id;
    },
    request: (event: AgreementsRequested, messageId?: string) =>
      deliver(events.agreementsRequested, event.dealId, event, messageId),
    cancel: (event: SettlementCancelled) => deliver(events.settlementCancelled, event.dealId, event),
    requestContract: (event: ContractRequested, messageId?: string) =>
      deliver(events.contractRequested, event.contractId, event, messageId),
    cancelContract: (event: ContractCancelled) => deliver(events.contractCancelled, event.contractId, event),
    async get(token: string, path: string, headers: Record<string, string> = {}) {
      return http.inject({ method: 'GET', url: path, headers: { authorization: `Bearer ${token}`, ...headers } });
    },
    async sign(token: string, documentId: string, fullName: string, body: Record<string, unknown> = {}) {
      return http.inject({
        method: 'POST',
        url: `/api/documents/${documentId}/sign`,
        headers: { authorization: `Bearer ${token}`, 'user-agent': 'Test browser 1.0' },
        remoteAddress: '203.0.113.27',
        payload: { fullName, consent: true, ...body },
      });
    },
    store(
      ownerId: string,
      bytes: Buffer,
      mediaType: string,
      more: { purpose?: FilePurpose; subjectId?: string; fileName?: string } = {},
    ) {
      const rest = { purpose: 'holding_proof', subjectId: newId(), fileName: 'proof', ...more };
      const header: StoreFileRequest = { part: { $case: 'header', value: { ownerId, mediaType, ...rest } } };
      const chunks: StoreFileRequest[] = [];
      for (let at = 0; at < bytes.length; at += 65_536) {
        chunks.push({ part: { $case: 'chunk', value: bytes.subarray(at, at + 65_536) } });
      }
      const service = createContext(parts, { kind: 'service', id: 'deals', roles: [] });
      return storeFile(service, stream([header, ...chunks]));
    },
    /** Events of one type in the outbox, oldest first. */
    async emitted<T>(type: EventType<T>): Promise<T[]> {
      const rows = await admin<{ payload: Buffer }[]>`
        select payload from outbox where subject = ${type.subject} order by id`;
      return rows.map(({ payload }) => type.codec.decode(payload));
    },
    async close() {
      await http.close();
      await Promise.all([sql.end(), admin.end()]);
    },
  };
}

/** A request for agreements between each of these pairs, 100 shares at USD 25.00 each. */
export function requestFor(pairs: readonly { sellerId: string; buyerId: string }[]): AgreementsRequested {
  return {
    dealId: newId(),
    settlementId: newId(),
    dealName: 'Meridian Fall 2026',
    companyName: 'Meridian Robotics, Inc.',
    currency: 'USD',
    priceMinor: 2_500n,
    agreements: pairs.map((pair) => ({
      ...pair,
      agreementId: newId(),
      participationId: newId(),
      commitmentId: newId(),
      shareType: 'common',
      shares: 100n,
      amountMinor: 250_000n,
    })),
  };
}

/** Tokens of these tests: a user id, with `operator:` before it for an operator and `ended:` for a session that is over. */
function actorOf(token: string): Actor {
  const [kind, id] = token.includes(':') ? token.split(':', 2) : ['user', token];
  const sessionId = kind === 'ended' ? 'ended' : 'alive';
  return { kind: 'user', id: id ?? '', roles: kind === 'operator' ? ['operator'] : ['buyer'], sessionId };
}

async function* stream<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}
