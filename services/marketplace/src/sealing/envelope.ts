import { createHash, randomBytes } from 'node:crypto';
import { CompactEncrypt, compactDecrypt, importJWK, type JWK } from 'jose';
import { canonicalJson } from './canonical-json.ts';

/** What an envelope is bound to: moved to another RFQ, supplier or version it does not open. */
export interface Binding {
  rfqId: string;
  supplierId: string;
  version: number;
}

/** A sealed document and what may be told of it before it opens. */
export interface Sealed {
  /** A compact JWE (RFC 7516), ECDH-ES to the RFQ's X25519 key with A256GCM. */
  envelope: string;
  /** Of `{ content, nonce }` in canonical JSON. */
  contentSha256: Buffer;
  envelopeSha256: Buffer;
  /** 16 random bytes in hex, for the supplier alone: who knows them can prove what was sealed. */
  nonce: string;
}

/**
 * Seals content so that only the holder of the private key reads it. The nonce is sealed and hashed with it: prices are few
 * digits, and the plain hash of a response could be found by trying. So neither it nor anything else made of the content
 * may be stored beside the envelope.
 */
export async function seal(publicKey: JWK, binding: Binding, content: unknown): Promise<Sealed> {
  const nonce = randomBytes(16).toString('hex');
  const document = canonicalJson({ content, nonce });
  const envelope = await new CompactEncrypt(Buffer.from(document))
    .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM', ...binding })
    .encrypt(await importJWK(publicKey, 'ECDH-ES'));
  return { envelope, contentSha256: sha256(document), envelopeSha256: sha256(envelope), nonce };
}

/** The content of an envelope. Throws when it is not of this key, this binding or this hash. */
export async function unseal(
  privateKey: JWK,
  binding: Binding,
  { envelope, contentSha256 }: Pick<Sealed, 'envelope' | 'contentSha256'>,
): Promise<unknown> {
  const { plaintext, protectedHeader } = await compactDecrypt(envelope, await importJWK(privateKey, 'ECDH-ES'), {
    keyManagementAlgorithms: ['ECDH-ES'],
    contentEncryptionAlgorithms: ['A256GCM'],
  });
  const { rfqId, supplierId, version } = protectedHeader as unknown as Binding;
  if (rfqId !== binding.rfqId || supplierId !== binding.supplierId || version !== binding.version) {
    throw new Error('The envelope belongs to another response');
  }
  const document = Buffer.from(plaintext).toString();
  if (!sha256(document).equals(contentSha256)) throw new Error('The envelope does not hold what was handed in');
  return (JSON.parse(document) as { content: unknown }).content;
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
