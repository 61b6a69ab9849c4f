import { randomBytes } from 'node:crypto';
import { GenericContainer, Wait } from 'testcontainers';
import { natsConfig, natsUrl } from './config.ts';
import type { Nats, NatsOptions } from './nats.ts';

/** NATS in a container, for continuous integration. Its streams end with it and it has no process to signal. */
export async function startContainerNats(options: NatsOptions): Promise<Nats> {
  const password = randomBytes(24).toString('base64url');
  const accounts = options.accounts ?? 0;
  const content = natsConfig({ listen: '0.0.0.0:4222', storeDir: '/data', password, accounts });
  const container = await new GenericContainer('nats:2.12')
    .withCopyContentToContainer([{ content, target: '/clearlot.conf' }])
    .withCommand(['-c', '/clearlot.conf'])
    .withExposedPorts(4222)
    .withWaitStrategy(Wait.forLogMessage('Server is ready'))
    .start();
  const port = container.getMappedPort(4222);
  return {
    url: natsUrl(container.getHost(), port, password, accounts > 0 ? 1 : undefined),
    accountUrl: (account) => natsUrl(container.getHost(), port, password, account),
    port,
    pid: undefined,
    kill: () => {
      throw new Error('A containerised NATS has no process to signal; use the embedded stack for fault tests');
    },
    ready: async () => {},
    stop: async () => {
      await container.stop();
    },
  };
}
