// Started by auction-live.ts: what is left of a live auction without the auction. One process counts the lines that come in
// and tells everybody who is connected, in frames as far apart as a gateway's; no rules, no storage, no sessions, no bus.
import { createHash } from 'node:crypto';
import { createServer, type Socket } from 'node:net';
import { wireFrame } from '../gateway/src/live/wire-frame.ts';

const frameMs = 20;
const frameShare = 2;
/** What one bid adds to a frame, and what else is in it. */
const bidBytes = 330;
const stateBytes = 420;
const acceptKey = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

const screens = new Set<Socket>();
let sequence = 0;
let shown = 0;
let timer: NodeJS.Timeout | undefined;
let framedAt = 0;
let writeMs = 0;

const server = createServer({ noDelay: true }, (socket) => {
  socket.on('error', () => socket.destroy());
  socket.on('close', () => screens.delete(socket));
  socket.on('data', (data) => {
    const text = data.toString('latin1');
    const key = /^Sec-WebSocket-Key: (.*)\r$/m.exec(text)?.[1];
    if (key) return answer(socket, key);
    if (screens.has(socket)) return;
    sequence += data.length;
    frameSoon();
  });
});

function answer(socket: Socket, key: string): void {
  const accept = createHash('sha1').update(`${key}${acceptKey}`).digest('base64');
  const head = [
    'HTTP/1.1 101 Switching Protocols',
    'Upgrade: websocket',
    'Connection: Upgrade',
    `Sec-WebSocket-Accept: ${accept}`,
  ];
  socket.write(`${head.join('\r\n')}\r\n\r\n`);
  socket.write(wireFrame(JSON.stringify({ type: 'subscribed', state: { sequence: shown }, updates: null })));
  screens.add(socket);
}

function frameSoon(): void {
  if (timer) return;
  timer = setTimeout(frame, Math.max(0, framedAt + Math.max(frameMs, frameShare * writeMs) - performance.now()));
}

function frame(): void {
  timer = undefined;
  framedAt = performance.now();
  const rest = 'x'.repeat(stateBytes + (sequence - shown) * bidBytes);
  const bytes = wireFrame(`{"type":"update","from":${shown + 1},"to":${sequence},"rest":"${rest}"}`);
  shown = sequence;
  for (const screen of screens) screen.write(bytes);
  writeMs = performance.now() - framedAt;
}

server.listen(0, '127.0.0.1', () => process.send?.(server.address()));
