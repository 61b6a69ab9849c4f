const textFrame = 0x81;

/**
 * A text message as it goes over the wire (RFC 6455, 5.2: final, unmasked, as servers send), to be written to many sockets:
 * made once, and one write each instead of the library's three steps for every socket.
 */
export function wireFrame(text: string): Buffer {
  const payload = Buffer.from(text);
  const { length } = payload;
  const header =
    length < 126
      ? Buffer.from([textFrame, length])
      : length < 65_536
        ? Buffer.from([textFrame, 126, length >> 8, length & 255])
        : Buffer.concat([Buffer.from([textFrame, 127, 0, 0, 0, 0]), uint32(length)]);
  return Buffer.concat([header, payload]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

const texts = new WeakMap<object, string>();

/**
 * A value as JSON, written once however many are told of it: after a gateway died hundreds come back for the same entries.
 * The value must not change any more.
 */
export function jsonOnce(value: object): string {
  const known = texts.get(value);
  if (known !== undefined) return known;
  const text = JSON.stringify(value);
  texts.set(value, text);
  return text;
}
