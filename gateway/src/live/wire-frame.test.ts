import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import WebSocket, { WebSocketServer } from 'ws';
import { wireFrame } from './wire-frame.ts';

describe('a frame written past the library', () => {
  it('of any size is read as the library would have written it, between frames of its own', async () => {
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    const texts = [0, 1, 125, 126, 127, 65_535, 65_536, 200_000].map(
      (length) => 'ä'.repeat(length >> 1) + 'x'.repeat(length & 1),
    );
    server.on('connection', (socket, request) => {
      for (const text of texts) {
        request.socket.write(wireFrame(text));
        socket.send(`after ${text.length}`);
      }
    });
    await once(server, 'listening');
    const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const heard: string[] = [];
    client.on('message', (data) => heard.push(String(data)));
    while (heard.length < 2 * texts.length) await once(client, 'message');
    expect(heard).toEqual(texts.flatMap((text) => [text, `after ${text.length}`]));
    client.close();
    server.close();
  });
});
