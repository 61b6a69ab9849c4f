import { describe, expect, it } from 'vitest';
import { isPublicAddress } from './public-address.ts';
import { createWebhooks, signWebhook } from './webhooks.ts';

const webhooks = createWebhooks({ key: 'k', allowPrivate: false });
const refused = expect.objectContaining({ code: 'MARKET_ALERT_WEBHOOK_REFUSED' });

describe('webhooks go to public https addresses', () => {
  it.each(['https://hooks.example.com/x', 'https://93.184.215.14:8443/', 'https://[2606:4700::1111]/'])('%s', (url) => {
    expect(() => webhooks.check(url)).not.toThrow();
  });

  it.each([
    ...['http://hooks.example.com', 'ftp://hooks.example.com', 'https://user:pw@hooks.example.com', 'nowhere'],
    ...['https://127.0.0.1', 'https://0x7f.1', 'https://2130706433', 'https://10.1.2.3', 'https://192.168.0.1'],
    ...['https://172.31.255.255', 'https://169.254.169.254/latest', 'https://100.64.0.1', 'https://0.0.0.0'],
    ...['https://[::1]', 'https://[::]', 'https://[fd00::1]', 'https://[fe80::1]', 'https://[::ffff:127.0.0.1]'],
    ...['https://[64:ff9b::7f00:1]', 'https://[2002:7f00:1::]', 'https://[ff02::1]', 'https://224.0.0.1'],
  ])('and not to %s', (url) => {
    expect(() => webhooks.check(url)).toThrow(refused);
  });

  it('also when it is a name that leads inside', async () => {
    const hook = { alertId: 'a', deliveryId: 'd', url: 'https://localhost:9/', body: '{}' };
    await expect(webhooks.send(hook, new Date(0))).rejects.toMatchObject({ code: 'ADDRESS_NOT_PUBLIC' });
  });

  it.each(['', 'localhost', '1.2.3', '::ffff:8.8.8.8'])('"%s" is no public address', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});

describe('a signature', () => {
  it('covers time and body under a secret that differs for each alert', () => {
    const at = new Date('2026-11-24T09:00:00Z');
    const signed = (alertId: string, body: string, when = at) => signWebhook(webhooks.secretOf(alertId), body, when);
    const all = [
      ...[signed('a', '{}'), signed('b', '{}'), signed('a', '{ }'), signed('a', '{}', new Date(at.getTime() + 1000))],
    ];
    expect(new Set(all).size).toBe(4);
    expect(signed('a', '{}')).toBe(all[0]);
    expect(all[0]).toMatch(/^t=1795510800,v1=[0-9a-f]{64}$/);
  });
});
