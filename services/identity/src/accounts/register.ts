import { newId } from '@clearlot/kernel';
import { events } from '@clearlot/proto/events';
import { identityErrors } from '../errors.ts';
import type { IdentityContext } from '../ports.ts';
import { checkPassword, normaliseEmail, termsVersion } from './account.ts';
import { hashPassword } from './passwords.ts';
import { loginOf, sealEmail, sealName } from './sealed-account.ts';
import { insertAccount, isEmailTaken } from './store.ts';

export interface Register {
  email: string;
  password: string;
  role: 'seller' | 'buyer' | 'supplier';
  fullName: string;
  userAgent: string | undefined;
}

/**
 * Opens an account for a seller, buyer or supplier who accepted the terms, and has them welcomed. One account per e-mail
 * address. Errors: IDENTITY_PASSWORD_WEAK, IDENTITY_EMAIL_TAKEN.
 */
export async function register(ctx: IdentityContext, input: Register): Promise<{ userId: string }> {
  const { vault } = ctx.clients;
  const email = normaliseEmail(input.email);
  checkPassword(input.password, email);
  const passwordHash = await hashPassword(input.password);
  const userId = newId();
  try {
    return await ctx.transaction('Register', async (tx) => {
      const at = { createdAt: tx.now, updatedAt: tx.now };
      await insertAccount(tx, {
        account: {
          id: userId,
          role: input.role,
          status: 'active',
          email: sealEmail(vault, userId, email),
          fullName: sealName(vault, userId, input.fullName),
          contact: null,
          ...at,
        },
        credential: { userId, login: loginOf(vault, email), passwordHash, createdAt: tx.now },
        consent: {
          id: newId(),
          userId,
          document: 'terms',
          version: termsVersion,
          acceptedAt: tx.now,
          ip: tx.actor.ip ?? null,
          userAgent: input.userAgent ?? null,
        },
      });
      tx.audit({
        action: 'user.registered',
        entityType: 'user',
        entityId: userId,
        after: { role: input.role, terms: termsVersion },
      });
      tx.emit(events.userRegistered, userId, { userId, role: input.role });
      tx.notify(userId, 'welcome', { role: input.role });
      return { userId };
    });
  } catch (error) {
    if (isEmailTaken(error)) throw identityErrors.error('IDENTITY_EMAIL_TAKEN');
    throw error;
  }
}
