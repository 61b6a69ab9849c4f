import fc from 'fast-check';
import { expect, test } from 'vitest';
import { requireDue, requireExtension } from './seal.ts';

const instant = fc.date({ min: new Date('2026-01-01'), max: new Date('2036-01-01'), noInvalidDate: true });
const failing = (code: string) => expect.objectContaining({ code });

test('a seal is due from its time on and not a millisecond earlier', () => {
  fc.assert(
    fc.property(instant, fc.integer({ min: 0, max: 10 ** 9 }), (opensAt, later) => {
      const seal = { opensAt, openedAt: null };
      requireDue(seal, new Date(opensAt.getTime() + later));
      const early = new Date(opensAt.getTime() - later - 1);
      expect(() => requireDue(seal, early)).toThrow(failing('DOCUMENTS_SEAL_NOT_DUE'));
    }),
  );
});

test('a seal is moved to a later time only, and not at all once it was opened', () => {
  fc.assert(
    fc.property(instant, instant, (opensAt, next) => {
      const extend = () => requireExtension({ opensAt, openedAt: null }, next);
      if (next >= opensAt) extend();
      else expect(extend).toThrow(failing('DOCUMENTS_SEAL_EARLIER'));
      const opened = { opensAt, openedAt: opensAt };
      expect(() => requireExtension(opened, next)).toThrow(failing('DOCUMENTS_SEAL_OPENED'));
    }),
  );
});
