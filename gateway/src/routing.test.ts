import { describe, expect, it } from 'vitest';
import { ownerOf } from './routing.ts';

describe('the routing table', () => {
  it.each([
    ['/api/auth/login', 'identity'],
    ['/api/deals/active', 'deals'],
    ['/api/admin/deals/1/export/payments.csv', 'deals'],
    ['/api/admin/payments/1/confirm', 'payments'],
    ['/api/rfqs/1/responses', 'marketplace'],
    ['/api/admin/disputes/1', 'marketplace'],
    ['/api/documents/my', 'documents'],
    ['/api/market/latest', 'market-data'],
    ['/api/alerts/1', 'market-data'],
    ['/api/admin/market/sources', 'market-data'],
    ['/api/admin/dead-letters/payments/1/replay', 'payments'],
    ['/api/admin/dead-letters/market-data/1/replay', 'market-data'],
  ])('%s belongs to %s', (path, service) => {
    expect(ownerOf(path)).toBe(service);
  });

  it.each([
    '/',
    '/api',
    '/api/',
    '/api/nothing',
    '/api/admin',
    '/api/admin/nothing',
    '/api/constructor',
    '/api/__proto__/x',
    '/api/admin/toString',
    '/api/%61uth/login',
    '/api//auth/login',
    '/API/auth/login',
    '/api/admin/dead-letters/nobody/1/replay',
  ])('%s belongs to nobody', (path) => {
    expect(ownerOf(path)).toBeUndefined();
  });
});
