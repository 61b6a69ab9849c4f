import { DomainError } from '@clearlot/kernel';
import type { ServiceError } from '@grpc/grpc-js';
import { describe, expect, it } from 'vitest';
import { fromGrpcStatus, toGrpcStatus } from './status.ts';

describe('a failure that crosses gRPC', () => {
  it.each([[{}], [{ params: { sequence: '3', receipt: 'a.b.c', umlaut: 'ä' } }]])(
    'arrives as it was thrown: %o',
    (more) => {
      const parts = { code: 'MARKETPLACE_BID_TOO_LOW', kind: 'mismatch' as const, title: 'Too low.', detail: 'By 5.' };
      const thrown = new DomainError({ ...parts, ...more });
      const arrived = fromGrpcStatus(toGrpcStatus(thrown) as ServiceError);
      expect(arrived).toMatchObject({ ...parts, ...more });
      expect(Object.hasOwn(arrived, 'params')).toBe('params' in more);
    },
  );
});
