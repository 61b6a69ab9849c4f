import { importJWK, type JWK, SignJWT } from 'jose';

/** What a receipt states: this was handed in, and perhaps taken back, at this time. Instants are ISO text, hashes hex. */
export interface Receipt {
  responseId: string;
  rfqId: string;
  rfqVersion: number;
  supplierId: string;
  version: number;
  /** Of `{ content, nonce }` in canonical JSON, the content as the supplier sent it, the nonce as it was answered. */
  contentSha256: string;
  /** Of the sealed envelope that was stored. */
  envelopeSha256: string;
  submittedAt: string;
  /** In the receipt of a withdrawal. */
  withdrawnAt?: string;
}

/** What the receipt of a bid states: this stands in the auction's log, whatever the log says later. */
export interface BidReceipt {
  auctionId: string;
  bidderId: string;
  /** The client's own. */
  key: string;
  sequence: number;
  at: string;
  outcome: 'accepted' | 'refused';
  /** Of the log's entry, which is chained to all entries before it; hex. */
  hash: string;
}

export interface Receipts {
  /** A compact JWS (RFC 7515) that anybody can check against this service's public key. The same receipt is the same text. */
  sign(receipt: Receipt | BidReceipt): Promise<string>;
}

/** Signs with the service's own Ed25519 key; a signature of Ed25519 is deterministic (RFC 8032). */
export function createReceipts(key: JWK): Receipts {
  const signingKey = importJWK(key, 'EdDSA');
  return {
    async sign(receipt) {
      const header = { alg: 'EdDSA', typ: 'clearlot-receipt+jwt', ...(key.kid ? { kid: key.kid } : {}) };
      return new SignJWT({ ...receipt }).setProtectedHeader(header).sign(await signingKey);
    },
  };
}
