import { randomBytes } from 'node:crypto';
import { GenericContainer, Wait } from 'testcontainers';
import type { Nats } from './nats.ts';

/** NATS in a container, for continuous integration. Its streams end with it and it has no process to signal. */
export async function startContainerNats(): Promise<Nats> {
  const password = randomBytes(24).toString('base64url');
  const container = await new GenericContainer('nats:2.12')
    .withCommand(['-js', '--user', 'clearlot', '--pass', password])
    .withExposedPorts(4222)
    .withWaitStrategy(Wait.forLogMessage('Server is ready'))
    .start();
  const port = container.getMappedPort(4222);
  return {
    url: `nats://clearlot:${password}@${container.getHost()}:${port}`,
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
