import { generateKeyPairSync, randomUUID, verify } from 'node:crypto';
import fc from 'fast-check';
import type { JWK } from 'jose';
import { describe, expect, it } from 'vitest';
import { canonicalJson, unkeepable } from './canonical-json.ts';
import { seal, unseal } from './envelope.ts';
import { createReceipts } from './receipts.ts';

const keyPair = () => {
  const { publicKey, privateKey } = generateKeyPairSync('x25519');
  return {
    publicKey: publicKey.export({ format: 'jwk' }) as JWK,
    privateKey: privateKey.export({ format: 'jwk' }) as JWK,
  };
};

describe('canonical JSON', () => {
  it('is one text for equal values, and reads back as the value', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        const json = JSON.parse(JSON.stringify(value)) as unknown;
        const text = canonicalJson(json);
        expect(JSON.parse(text)).toEqual(json);
        expect(canonicalJson(reversed(json))).toBe(text);
      }),
    );
  });

  it('is spelt as RFC 8785 says', () => {
    const value = { peach: 'y', péché: 'x', pêche: [1e21, 1.0, 0.000001, -0], '10': null, '1': true };
    expect(canonicalJson(value)).toBe('{"1":true,"10":null,"peach":"y","péché":"x","pêche":[1e+21,1,0.000001,0]}');
  });
});

describe('what cannot be kept', () => {
  it('is text that the database has no place for, in values and keys', () => {
    for (const value of ['a\0', { 'a\0': 1 }, [['\ud800']], { a: { b: '\udc00x' } }]) {
      expect(unkeepable(value)).toBeDefined();
    }
    for (const value of ['a\u0001', '😀', { a: [1, null, true, 'b'] }]) expect(unkeepable(value)).toBeUndefined();
  });

  it('is what is nested without end', () => {
    const nested = (depth: number): unknown => JSON.parse('['.repeat(depth) + ']'.repeat(depth));
    expect(unkeepable(nested(10))).toBeUndefined();
    expect(unkeepable(nested(10_000))).toBeDefined();
  });
});

describe('an envelope', () => {
  const binding = { rfqId: randomUUID(), supplierId: randomUUID(), version: 1 };
  const content = { price: '12345.67', notes: 'sealed' };

  it('opens with its key and its binding to what was sealed', async () => {
    const { publicKey, privateKey } = keyPair();
    const sealed = await seal(publicKey, binding, content);
    expect(await unseal(privateKey, binding, sealed)).toEqual(content);
    expect(JSON.stringify(sealed)).not.toContain('12345');
  });

  it('opens with no other key, moved to no other response, and not with another hash', async () => {
    const { publicKey, privateKey } = keyPair();
    const sealed = await seal(publicKey, binding, content);
    await expect(unseal(keyPair().privateKey, binding, sealed)).rejects.toThrow();
    for (const other of [{ rfqId: randomUUID() }, { supplierId: randomUUID() }, { version: 2 }]) {
      await expect(unseal(privateKey, { ...binding, ...other }, sealed)).rejects.toThrow();
    }
    await expect(unseal(privateKey, binding, { ...sealed, contentSha256: Buffer.alloc(32) })).rejects.toThrow();
    const [head, ...rest] = sealed.envelope.split('.');
    const forged = JSON.parse(Buffer.from(head ?? '', 'base64url').toString()) as object;
    const header = Buffer.from(JSON.stringify({ ...forged, version: 2 })).toString('base64url');
    const envelope = [header, ...rest].join('.');
    await expect(unseal(privateKey, { ...binding, version: 2 }, { ...sealed, envelope })).rejects.toThrow();
  });

  it('of the same content twice has another hash each time', async () => {
    const { publicKey } = keyPair();
    const [first, second] = [await seal(publicKey, binding, content), await seal(publicKey, binding, content)];
    expect(first.contentSha256.equals(second.contentSha256)).toBe(false);
    expect(first.nonce).toMatch(/^[0-9a-f]{32}$/);
  });
});

describe('a receipt', () => {
  it('is checked with the public key alone, and is the same text for the same facts', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const receipts = createReceipts({ ...privateKey.export({ format: 'jwk' }), kid: 'marketplace' });
    const facts = {
      ...{ responseId: 'r', rfqId: 'q', rfqVersion: 1, supplierId: 's', version: 1 },
      ...{ contentSha256: 'ab', envelopeSha256: 'cd', submittedAt: '2026-11-24T09:00:00.000Z' },
    };
    const text = await receipts.sign(facts);
    expect(await receipts.sign({ ...facts })).toBe(text);
    const [header, payload, signature = ''] = text.split('.');
    expect(JSON.parse(Buffer.from(payload ?? '', 'base64url').toString())).toEqual(facts);
    const signed = Buffer.from(`${header}.${payload}`);
    expect(verify(null, signed, publicKey, Buffer.from(signature, 'base64url'))).toBe(true);
  });
});

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, reversed(inner)]),
  );
}
