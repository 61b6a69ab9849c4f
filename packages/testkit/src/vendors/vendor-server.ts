import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a vendor's server does wrong, beneath what it answers. */
export type WireFault =
  | { kind: 'stall' }
  | { kind: 'status'; status: number; retryAfterSeconds?: number }
  | { kind: 'truncated' }
  | { kind: 'hang_up' };

export interface VendorRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  body: string;
}

export interface VendorAnswer {
  status: number;
  body: unknown;
}

/** A vendor's HTTP server on this machine, with faults to order. */
export interface VendorServer {
  url: string;
  /** Every request it got, oldest first. */
  requests: VendorRequest[];
  close(): Promise<void>;
}

/**
 * Serves `answer` as JSON over real HTTP. `nextFault` is asked for each request; a stalled one is held until the client goes
 * away or the server closes.
 */
export async function startVendorServer(
  answer: (request: VendorRequest) => VendorAnswer,
  nextFault: (request: VendorRequest) => WireFault | undefined,
): Promise<VendorServer> {
  const requests: VendorRequest[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const request = await read(incoming);
    requests.push(request);
    const fault = nextFault(request);
    if (fault) respondWrongly(outgoing, fault, () => answer(request));
    else send(outgoing, answer(request));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function read(incoming: IncomingMessage): Promise<VendorRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const url = new URL(incoming.url ?? '/', 'http://vendor');
  return {
    method: incoming.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers: incoming.headers,
    body: Buffer.concat(chunks).toString(),
  };
}

function send(outgoing: ServerResponse, { status, body }: VendorAnswer): void {
  outgoing.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function respondWrongly(outgoing: ServerResponse, fault: WireFault, answer: () => VendorAnswer): void {
  switch (fault.kind) {
    case 'stall':
      return;
    case 'hang_up':
      outgoing.destroy();
      return;
    case 'status':
      if (fault.retryAfterSeconds !== undefined) outgoing.setHeader('retry-after', fault.retryAfterSeconds);
      outgoing.writeHead(fault.status, { 'content-type': 'application/json' });
      outgoing.end(JSON.stringify({ error: { message: 'out of order', code: fault.status } }));
      return;
    case 'truncated': {
      const text = JSON.stringify(answer().body);
      outgoing.writeHead(200, { 'content-type': 'application/json' }).end(text.slice(0, text.length / 2));
    }
  }
}
