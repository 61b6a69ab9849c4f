import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect as connectTcp } from 'node:net';
import { join, resolve } from 'node:path';
import { ManagedProcess } from '../process/managed-process.ts';
import { freePort, isPortFree } from '../process/ports.ts';
import { natsConfig, natsUrl } from './config.ts';
import { findNatsServer } from './find-server.ts';
import type { Nats, NatsOptions } from './nats.ts';

/** A real nats-server with JetStream on 127.0.0.1, its streams in `storeDir`. */
export async function startEmbeddedNats(options: NatsOptions): Promise<Nats> {
  const log = options.log ?? (() => {});
  const command = findNatsServer(log);
  const storeDir = resolve(options.storeDir);
  mkdirSync(storeDir, { recursive: true, mode: 0o700 });
  const port = options.port ?? (await freePort());
  if (!(await isPortFree(port))) throw new Error(`NATS cannot listen on port ${port}: it is taken`);
  const password = keptPassword(join(storeDir, 'clearlot.password'));
  const configFile = join(storeDir, 'nats.conf');
  const accounts = options.accounts ?? 0;
  const listen = `127.0.0.1:${port}`;
  writeFileSync(configFile, natsConfig({ listen, storeDir: join(storeDir, 'jetstream'), password, accounts }), {
    mode: 0o600,
  });
  chmodSync(configFile, 0o600);

  const managed = new ManagedProcess({
    name: 'nats',
    command,
    args: ['-c', configFile],
    isReady: () => greets(port),
    restart: options.restart ?? true,
    logFile: options.logFile,
    log,
    onSpawn: options.onSpawn,
  });
  await managed.start().catch(async (error) => {
    await managed.stop();
    throw error;
  });
  return {
    url: natsUrl('127.0.0.1', port, password, accounts > 0 ? 1 : undefined),
    accountUrl: (account) => natsUrl('127.0.0.1', port, password, account),
    port,
    get pid() {
      return managed.pid;
    },
    kill: (signal) => managed.kill(signal),
    ready: () => managed.ready(),
    stop: () => managed.stop(),
  };
}

function keptPassword(file: string): string {
  if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString('base64url'), { mode: 0o600 });
  return readFileSync(file, 'utf8').trim();
}

/** The server speaks first: its INFO line says whether JetStream is up. */
function greets(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connectTcp({ port, host: '127.0.0.1' });
    const end = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(1_000, () => end(false));
    socket.once('error', () => end(false));
    socket.once('data', (data) => end(data.toString().includes('"jetstream":true')));
  });
}
