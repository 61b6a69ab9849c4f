import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkPassword, normaliseEmail, passwordLengthMin } from './account.ts';
import { commonPasswords } from './common-passwords.ts';

const weak = expect.objectContaining({ code: 'IDENTITY_PASSWORD_WEAK' });
const check = (password: string) => () => checkPassword(password, 'ada.lovelace@example.com');

test('one person has one spelling of an e-mail address', () => {
  expect(normaliseEmail('  Ada@Example.COM ')).toBe('ada@example.com');
  // The same name composed and decomposed.
  expect(normaliseEmail('zoe\u0308@example.com')).toBe(normaliseEmail('zo\u00eb@example.com'));
});

test('a short, common, repeated, sequential or personal password is refused', () => {
  for (const password of [
    'nine char',
    'password123',
    'Qwertyuiop',
    'aaaaaaaaaaaa',
    'abcdefghijkl',
    '9876543210',
    'ada.lovelace',
    'Ada.Lovelace@example.com',
    'x'.repeat(300),
  ]) {
    expect(check(password), password).toThrow(weak);
  }
});

test('an ordinary long password passes, in any script', () => {
  for (const password of ['correct horse battery', 'Tr0ub4dor&3x', 'größere Beträge', '東京東京大阪大阪名古屋']) {
    expect(check(password), password).not.toThrow();
  }
});

test('every listed common password is long enough to need listing and is refused in any case', () => {
  for (const password of commonPasswords) {
    expect(password.length, password).toBeGreaterThanOrEqual(passwordLengthMin);
    expect(check(password.toUpperCase()), password).toThrow(weak);
  }
});

test('length counts characters and not code units', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: passwordLengthMin - 1 }), (length) => {
      expect(check('🦀🐙'.repeat(10).slice(0, length * 2))).toThrow(weak);
    }),
  );
});
