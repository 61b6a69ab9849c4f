import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkKeepsOwner, checkManages, checkOpen, invitationExpiry, type OrganizationRole } from './organization.ts';

const roles: OrganizationRole[] = ['owner', 'admin', 'member'];

test('owners manage everybody, admins only members, members nobody', () => {
  const may = (role: OrganizationRole, touched: OrganizationRole) => {
    try {
      checkManages(role, [touched]);
      return true;
    } catch (error) {
      expect(error).toMatchObject({ code: 'IDENTITY_ORGANIZATION_ROLE' });
      return false;
    }
  };
  expect(roles.map((role) => roles.filter((touched) => may(role, touched)))).toEqual([roles, ['member'], []]);
});

test('an admin cannot raise a member above members', () => {
  expect(() => checkManages('admin', ['member', 'admin'])).toThrow();
});

test('a change is refused exactly when nobody would own the organization after it', () => {
  const members = fc.array(fc.constantFrom(...roles), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(members, fc.nat(5), fc.option(fc.constantFrom(...roles), { nil: undefined }), (list, index, role) => {
      const people = list.map((each, id) => ({ userId: String(id), role: each }));
      const who = String(index % people.length);
      const owned = people.some(({ userId, role: own }) => (userId === who ? role : own) === 'owner');
      const check = () => checkKeepsOwner(people, { userId: who, role });
      if (owned) expect(check).not.toThrow();
      else expect(check).toThrow(expect.objectContaining({ code: 'IDENTITY_ORGANIZATION_LAST_OWNER' }));
    }),
  );
});

test('an invitation is open for a week and until it is used', () => {
  const now = new Date('2026-11-22T10:00:00Z');
  const expiresAt = invitationExpiry(now);
  expect(expiresAt).toEqual(new Date('2026-11-29T10:00:00Z'));
  const refused = expect.objectContaining({ code: 'IDENTITY_INVITATION_EXPIRED' });
  expect(() => checkOpen({ expiresAt, acceptedAt: null }, now)).not.toThrow();
  expect(() => checkOpen({ expiresAt, acceptedAt: null }, expiresAt)).toThrow(refused);
  expect(() => checkOpen({ expiresAt, acceptedAt: now }, now)).toThrow(refused);
});
