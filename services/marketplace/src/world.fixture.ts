import { generateKeyPairSync } from 'node:crypto';
import { type Clock, errorTable, newId } from '@clearlot/kernel';
import {
  type Actor,
  type ContextParts,
  createContext,
  createHttpServer,
  createLogger,
  type EventType,
  handleDelivery,
  type Outcome,
  openDatabase,
  serviceErrors,
  systemActor,
} from '@clearlot/service';
import { createTestDatabase, fakeClock } from '@clearlot/testkit';
import { createAuctionHouse } from './auctions/house/house.ts';
import type { Clients, Ctx } from './clients.ts';
import { marketplaceReactions } from './events.ts';
import { marketplaceRoutes } from './http.ts';
import { createReceipts } from './sealing/receipts.ts';
import { marketplaceTimers } from './timers.ts';

const depositErrors = errorTable({ PAYMENTS_INSUFFICIENT_FUNDS: ['conflict', 'There is not enough free money.'] });

/** When a world begins; its clock stands still until it is told otherwise. */
export const startOfWorld = '2026-11-24T09:00:00Z';

/**
 * The service without its network: routes, reactions and timers on one database, under a clock of its own. What identity
 * and documents answer is made up here; documents keeps seals as the real one does, by the same clock.
 */
export async function createWorld(options: { clock?: Clock } = {}) {
  const database = await createTestDatabase('marketplace');
  const sql = openDatabase(database.appUrl, { max: 10 });
  const admin = openDatabase(database.adminUrl, { max: 2 });
  const stoodStill = fakeClock(startOfWorld);
  const clock: Clock = options.clock ?? stoodStill;
  const log = createLogger('marketplace', 'silent');
  const custodian = createCustodian(() => clock.now());
  const balances = new Map<string, bigint>();
  const deposits = new Set<string>();
  const shared: { documentId: string; readerId: string | undefined }[] = [];
  const clients = {
    identity: {
      introspectSession: async () => ({ active: true }),
      getLegalNames: async ({ userIds }: { userIds: string[] }) => ({
        people: userIds.map((userId) => ({ userId, legalName: `Person ${userId.slice(-4)}` })),
      }),
    },
    documents: {
      storeFile: async () => ({ documentId: newId(), sha256: 'ab'.repeat(32), sizeBytes: 1n }),
      shareFile: async (request: { documentId: string; readerId: string | undefined }) => {
        shared.push(request);
        return {};
      },
      ...custodian,
    },
    payments: {
      async placeDeposit(request: { userId: string; depositId: string; amountMinor: bigint }) {
        const free = balances.get(request.userId);
        if (free === undefined || free < request.amountMinor) throw depositErrors.error('PAYMENTS_INSUFFICIENT_FUNDS');
        if (!deposits.has(request.depositId)) balances.set(request.userId, free - request.amountMinor);
        deposits.add(request.depositId);
        return {};
      },
    },
    auctions: createAuctionHouse(),
    receipts: createReceipts({
      ...generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }),
      kid: 'marketplace',
    }),
  } as unknown as Clients;
  const parts: ContextParts<Clients> = { service: 'marketplace', sql, clients, clock, log, kick() {} };
  const as = (actor: Actor): Ctx => createContext(parts, actor);

  // A token is who it names: `supplier:<id>`.
  const http = await createHttpServer({
    parts,
    routes: marketplaceRoutes,
    tokens: {
      async verify(token) {
        const [role = '', id = ''] = token.split(':');
        if (!id) throw serviceErrors.error('NOT_AUTHENTICATED');
        return { kind: 'user', id, roles: [role], sessionId: id };
      },
    } as Parameters<typeof createHttpServer>[0]['tokens'],
    requireLiveSession: async () => {},
  });

  const person = (role: 'buyer' | 'supplier' | 'operator', id = newId()) => {
    const call = async (method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, payload?: unknown, headers = {}) => {
      const answer = await http.inject({
        method,
        url,
        headers: { authorization: `Bearer ${role}:${id}`, ...headers },
        ...(payload === undefined ? {} : { payload: payload as object }),
      });
      return { status: answer.statusCode, body: answer.body ? answer.json() : null };
    };
    return {
      id,
      ctx: as({ kind: 'user', id, roles: [role] }),
      get: (url: string) => call('GET', url),
      post: (url: string, body?: unknown, headers = {}) => call('POST', url, body, headers),
      put: (url: string, body?: unknown, headers = {}) => call('PUT', url, body, headers),
    };
  };

  /** A verified supplier, straight into the database; `fields` replace what is made up. */
  const verifiedSupplier = async (fields: Record<string, unknown> = {}) => {
    const owner = person('supplier');
    const id = newId();
    const now = clock.now();
    await admin`insert into supplier ${admin({
      ...{ id, owner_id: owner.id, legal_name: `Supplier ${id.slice(-6)} Ltd`, country: 'CL', status: 'verified' },
      ...{ regions: ['US', 'DE'], incoterms: ['FOB', 'CIF'], created_at: now, updated_at: now, ...fields },
    })}`;
    return { ...owner, supplierId: id };
  };

  /** Events of a type in the outbox, oldest first. */
  const emitted = async <T>(type: EventType<T>): Promise<T[]> => {
    const rows = await admin<{ payload: Buffer }[]>`
      select payload from outbox where subject = ${type.subject} order by occurred_at, id`;
    return rows.map((row) => type.codec.decode(row.payload));
  };

  const versions = new Map<string, bigint>();
  /** Hands an event to the reaction of its type, as the bus would, and answers what became of it. */
  const receive = async <T>(
    type: EventType<T>,
    aggregateId: string,
    event: T,
    messageId = newId(),
  ): Promise<Outcome> => {
    const consumer = `marketplace__${type.subject.split('.', 2).join('_')}`;
    const aggregate = `${type.subject.split('.', 2).join('.')}:${aggregateId}`;
    const version = (versions.get(aggregate) ?? 0n) + 1n;
    const reactions = new Map(
      marketplaceReactions
        .filter((each) => each.type.subject.startsWith(`${type.subject.split('.', 2).join('.')}.`))
        .map((each) => [each.type.subject, each]),
    );
    const outcome = await handleDelivery(parts, consumer, reactions, {
      messageId,
      subject: type.subject,
      aggregateId: aggregate,
      version,
      occurredAt: clock.now(),
      payload: type.codec.encode(event).finish(),
      traceparent: undefined,
    });
    if (outcome === 'handled') versions.set(aggregate, version);
    return outcome;
  };

  /** Runs every timer once, as the time is now. */
  const tick = async () => {
    for (const timer of marketplaceTimers) await timer.run(as(systemActor(`marketplace.${timer.name}`)));
  };

  return {
    admin,
    sql,
    clock: stoodStill,
    clients,
    parts,
    /** Minor units people may place deposits from; payments' side of it. */
    balances,
    shared,
    as,
    buyer: () => person('buyer'),
    supplier: () => person('supplier'),
    operator: person('operator'),
    person,
    system: as(systemActor('marketplace.test')),
    verifiedSupplier,
    emitted,
    receive,
    tick,
    async close() {
      await http.close();
      await Promise.all([sql.end(), admin.end()]);
      await database.drop();
    },
  };
}

export type World = Awaited<ReturnType<typeof createWorld>>;

/** Keeps seals like documents does: the private key leaves only when its time has come. */
function createCustodian(now: () => Date) {
  const seals = new Map<string, { publicKeyJwk: string; privateKeyJwk: string; opensAt: Date }>();
  return {
    async createSeal({ sealId, opensAt }: { sealId: string; opensAt: Date }) {
      const { publicKey, privateKey } = generateKeyPairSync('x25519');
      const seal = seals.get(sealId) ?? {
        publicKeyJwk: JSON.stringify(publicKey.export({ format: 'jwk' })),
        privateKeyJwk: JSON.stringify(privateKey.export({ format: 'jwk' })),
        opensAt,
      };
      seals.set(sealId, seal);
      return { publicKeyJwk: seal.publicKeyJwk, opensAt: seal.opensAt };
    },
    async extendSeal({ sealId, opensAt }: { sealId: string; opensAt: Date }) {
      const seal = seals.get(sealId);
      if (!seal) throw serviceErrors.error('ROUTE_NOT_FOUND');
      if (opensAt < seal.opensAt) throw serviceErrors.error('REQUEST_INVALID');
      seal.opensAt = opensAt;
      return { opensAt };
    },
    async openSeal({ sealId }: { sealId: string }) {
      const seal = seals.get(sealId);
      if (!seal) throw serviceErrors.error('ROUTE_NOT_FOUND');
      if (now() < seal.opensAt) throw serviceErrors.error('UNAVAILABLE', 'The seal does not open yet.');
      return { privateKeyJwk: seal.privateKeyJwk };
    },
  };
}
