import { connect, createServer, type Socket, type Server as TcpServer } from 'node:net';
import { systemClock } from '@clearlot/kernel';
import { DealsServiceClient, type DealsServiceServer, DealsServiceService } from '@clearlot/proto/deals/v1/deals';
import type { Server } from '@grpc/grpc-js';
import { exportJWK, generateKeyPair } from 'jose';
import { afterEach, describe, expect, it } from 'vitest';
import { createServiceCredentials } from '../auth/service-token.ts';
import type { ContextParts } from '../context.ts';
import { serviceErrors } from '../errors.ts';
import { createLogger } from '../telemetry/log.ts';
import { connectGrpc } from './client.ts';
import { rpcs } from './rpc.ts';
import { bindGrpc, createGrpcServer } from './server.ts';

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

async function credentialsOf(...names: string[]) {
  const pairs = await Promise.all(
    names.map(async (name) => ({ name, ...(await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true })) })),
  );
  const keys = await Promise.all(
    pairs.map(async ({ name, publicKey }) => ({ ...(await exportJWK(publicKey)), kid: name })),
  );
  return Promise.all(
    pairs.map(async ({ name, privateKey }) => createServiceCredentials(name, await exportJWK(privateKey), { keys })),
  );
}

/** A deals server whose GetDeal answers the caller's name, and a client that calls it as `payments`. */
async function world(address: (port: number) => Promise<string>) {
  const [deals, payments] = await credentialsOf('deals', 'payments');
  if (!deals || !payments) throw new Error('no credentials');
  const empty = {
    dealId: '',
    companyId: '',
    companyName: '',
    status: '',
    currency: '',
    opensAt: undefined,
    closesAt: undefined,
  };
  const amounts = {
    priceMinMinor: 0n,
    priceMaxMinor: 0n,
    targetShares: 0n,
    minimumTicketMinor: 0n,
    maximumTicketMinor: 0n,
  };
  const table = rpcs<DealsServiceServer, undefined>(DealsServiceService, {
    listActiveDeals: { access: { services: ['marketplace'] }, action: async () => ({ deals: [] }) },
    getDeal: {
      access: { services: ['payments'] },
      action: async (ctx, { dealId }) => {
        if (dealId === 'missing') throw serviceErrors.error('ROUTE_NOT_FOUND', 'No deal called missing.');
        return { deal: { ...empty, ...amounts, name: ctx.actor.id } };
      },
    },
    commitFunds: { access: { roles: ['buyer'] }, action: async () => ({ commitmentId: '', status: '' }) },
  });
  const log = createLogger('deals', 'silent');
  const parts = {
    service: 'deals',
    clients: undefined,
    clock: systemClock,
    log,
    kick() {},
  } as unknown as ContextParts<undefined>;
  const tokens = { verify: async () => Promise.reject(serviceErrors.error('NOT_AUTHENTICATED')) };
  const options = { parts, tables: [table], tokens, credentials: deals, requireLiveSession: async () => {} };
  const { server } = createGrpcServer(options);
  closers.push(() => server.forceShutdown());
  const target = await address(await bindGrpc(server as Server, '127.0.0.1:0'));
  const { remote, close } = connectGrpc({
    client: DealsServiceClient,
    audience: 'deals',
    addresses: [target],
    credentials: payments,
  });
  closers.push(close);
  return remote;
}

const direct = async (port: number) => `127.0.0.1:${port}`;

/** A TCP door that takes its first connection and never says a word; later ones reach `port`. */
async function blackHole(port: number): Promise<string> {
  let first: Socket | undefined;
  const door: TcpServer = createServer((socket) => {
    socket.on('error', () => {});
    if (!first) {
      first = socket;
      return;
    }
    const through = connect(port, '127.0.0.1');
    through.on('error', () => socket.destroy());
    socket.pipe(through).pipe(socket);
  });
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    first?.destroy();
    door.close();
  });
  return `127.0.0.1:${(door.address() as { port: number }).port}`;
}

describe('a call between services', () => {
  it('is made as the calling service, proven by its own key', async () => {
    const remote = await world(direct);
    expect((await remote.getDeal({ dealId: 'any' })).deal?.name).toBe('payments');
  });

  it('is refused where the caller has no right', async () => {
    const remote = await world(direct);
    await expect(remote.listActiveDeals({})).rejects.toMatchObject({ code: 'NOT_ALLOWED', kind: 'forbidden' });
  });

  it('fails with the same typed error that the other side threw', async () => {
    const remote = await world(direct);
    await expect(remote.getDeal({ dealId: 'missing' })).rejects.toMatchObject({
      code: 'ROUTE_NOT_FOUND',
      kind: 'missing',
      detail: 'No deal called missing.',
    });
  });

  it('has a deadline on a peer that is silent, and reaches it again once the path is healed', {
    timeout: 30_000,
  }, async () => {
    const remote = await world(blackHole);
    const started = Date.now();
    await expect(remote.getDeal({ dealId: 'any' }, { deadlineMs: 500 })).rejects.toMatchObject({ kind: 'unavailable' });
    expect(Date.now() - started).toBeLessThan(2_000);
    // A grpc-js channel would stay CONNECTING for good here.
    const healed = await remote
      .getDeal({ dealId: 'any' }, { deadlineMs: 15_000 })
      .catch(() => remote.getDeal({ dealId: 'any' }));
    expect(healed.deal?.name).toBe('payments');
    expect(Date.now() - started).toBeLessThan(15_000);
  });
});
