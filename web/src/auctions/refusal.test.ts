import { beforeAll, expect, it, vi } from 'vitest';
import { Problem } from '../api/problem.ts';
import { refusalOf } from './refusal.ts';

beforeAll(() => vi.stubGlobal('navigator', { language: 'en-US' }));

it('says the exact amount that would have counted', () => {
  const refused = new Problem({ code: 'MARKETPLACE_BID_TOO_LOW', params: { neededMinor: '1017500' } });
  expect(refusalOf(refused, 'USD').title.replaceAll('\u00a0', ' ')).toBe(
    'Your bid is too low now: the least that counts is USD 10,175.00.',
  );
  const yen = new Problem({ code: 'MARKETPLACE_BID_TOO_HIGH', params: { neededMinor: '1017500' } });
  expect(refusalOf(yen, 'JPY').title).toMatch(/1,017,500\.$/);
});

it('says what the platform says where it has no better words', () => {
  expect(refusalOf(new Problem({ code: 'SOMETHING_NEW', detail: 'As it is.' }), 'USD').title).toBe('As it is.');
});
