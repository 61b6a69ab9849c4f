import { createHmac, hkdfSync } from 'node:crypto';
import { isIP } from 'node:net';
import { Agent, request } from 'undici';
import { z } from 'zod';
import { alertErrors } from './errors.ts';
import { isPublicAddress, lookupPublic } from './public-address.ts';

/** Sends webhooks and knows what they are signed with. */
export interface Webhooks {
  /** Errors: MARKET_ALERT_WEBHOOK_REFUSED for an address nothing is sent to. */
  check(url: string): void;
  /** What an alert's webhooks are signed with, for its owner; the same as long as the service's key is. */
  secretOf(alertId: string): string;
  /** Posts once. Throws with a `code` unless the receiver answers 2xx; a redirect is an answer too. */
  send(webhook: { alertId: string; deliveryId: string; url: string; body: string }, at: Date): Promise<void>;
  close(): Promise<void>;
}

/** Settings of webhooks. */
export const webhookConfig = {
  /** Lets webhooks go to http and to private addresses: for a platform on one machine, never in production. */
  WEBHOOK_ALLOW_PRIVATE: z.stringbool().default(false),
};

const answerBytesMax = 64 * 1024;
/** Of one attempt, all together; a delivery's lease is longer. */
const attemptMs = 10_000;

/**
 * The header a receiver verifies: `t=<seconds>,v1=<hex>`, HMAC-SHA256 under the alert's secret over `<seconds>.<body>`. The
 * time is signed too, so that an old delivery cannot be played again for long.
 */
export function signWebhook(secret: string, body: string, at: Date): string {
  const seconds = Math.floor(at.getTime() / 1000);
  return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`;
}

/**
 * Webhooks over https to public addresses: what a name resolves to is looked at when the connection is made, so that no
 * change of DNS in between leads inside. `allowPrivate` lifts both, for a platform that runs on one machine.
 */
export function createWebhooks({ key, allowPrivate }: { key: string; allowPrivate: boolean }): Webhooks {
  const dispatcher = new Agent({
    connect: { timeout: 5_000, ...(allowPrivate ? {} : { lookup: lookupPublic }) },
    keepAliveTimeout: 1_000,
  });
  const secretOf = (alertId: string) =>
    Buffer.from(hkdfSync('sha256', key, 'clearlot.market-data', `webhook:${alertId}`, 32)).toString('base64url');
  const check = (text: string) => {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    const scheme = url?.protocol === 'https:' || (allowPrivate && url?.protocol === 'http:');
    const host = url?.hostname.replace(/^\[|\]$/g, '') ?? '';
    // A name is looked at when it is resolved; an address never is.
    const open = allowPrivate || isIP(host) === 0 || isPublicAddress(host);
    if (!url || !scheme || url.username || url.password || !open)
      throw alertErrors.error('MARKET_ALERT_WEBHOOK_REFUSED');
  };
  return {
    check,
    secretOf,
    async send({ alertId, deliveryId, url, body }, at) {
      check(url);
      const answer = await request(url, {
        method: 'POST',
        dispatcher,
        signal: AbortSignal.timeout(attemptMs),
        headers: {
          'content-type': 'application/json',
          'user-agent': 'clearlot-webhooks/1',
          'clearlot-delivery': deliveryId,
          'clearlot-signature': signWebhook(secretOf(alertId), body, at),
        },
        body,
      });
      await answer.body.dump({ limit: answerBytesMax, signal: AbortSignal.timeout(attemptMs) });
      if (answer.statusCode >= 200 && answer.statusCode < 300) return;
      throw Object.assign(new Error(`answered ${answer.statusCode}`), { code: `HTTP_${answer.statusCode}` });
    },
    close: () => dispatcher.close(),
  };
}
