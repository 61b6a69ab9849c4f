import { createServer } from 'node:net';

// Below the range Linux and macOS hand out for outgoing connections: a port of ours stays free while the process that
// owns it is down, so a killed service can come back on the address its peers know.
const portFirst = 15_000;
const portLast = 31_999;
const handedOut = new Set<number>();

/** `count` TCP ports of this machine that are free now and were not handed out before by this process. */
export async function freePorts(count: number): Promise<number[]> {
  const ports: number[] = [];
  while (ports.length < count) {
    const port = portFirst + Math.floor(Math.random() * (portLast - portFirst + 1));
    if (handedOut.has(port) || !(await isPortFree(port))) continue;
    handedOut.add(port);
    ports.push(port);
  }
  return ports;
}

/** One free port, see `freePorts`. */
export async function freePort(): Promise<number> {
  const [port] = await freePorts(1);
  if (port === undefined) throw new Error('No free port');
  return port;
}

/** Whether a server could listen on this port of `host` now. */
export function isPortFree(port: number, host = '127.0.0.1'): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}
