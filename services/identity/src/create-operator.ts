import { newId, systemClock } from '@clearlot/kernel';
import { events } from '@clearlot/proto/events';
import { createContext, createLogger, createVault, openDatabase, systemActor } from '@clearlot/service';
import { checkPassword, normaliseEmail } from './accounts/account.ts';
import { hashPassword } from './accounts/passwords.ts';
import { loginOf, sealEmail, sealName } from './accounts/sealed-account.ts';
import { findAccount, findCredential, insertAccount } from './accounts/store.ts';
import { readOperatorConfig } from './config.ts';
import { identityErrors } from './errors.ts';

export interface CreateOperator {
  /** The identity database, as its application role. */
  databaseUrl: string;
  piiKey: string;
  email: string;
  password: string;
  fullName: string;
}

/**
 * Makes an operator, who cannot be registered through the API. The same e-mail again answers the operator there is and
 * changes nothing. Errors: IDENTITY_PASSWORD_WEAK, IDENTITY_EMAIL_TAKEN when it belongs to a seller or buyer.
 */
export async function createOperator(input: CreateOperator): Promise<{ userId: string; created: boolean }> {
  const vault = createVault(input.piiKey);
  const email = normaliseEmail(input.email);
  checkPassword(input.password, email);
  const login = loginOf(vault, email);
  const sql = openDatabase(input.databaseUrl, { max: 2 });
  const log = createLogger('identity', 'warn');
  const parts = { service: 'identity', sql, clients: undefined, clock: systemClock, log, kick() {} };
  const ctx = createContext(parts, systemActor('identity.create-operator'));
  try {
    const passwordHash = await hashPassword(input.password);
    return await ctx.transaction('CreateOperator', async (tx) => {
      await tx.sql`select pg_advisory_xact_lock(hashtextextended('identity.create-operator', 0))`;
      const known = await findCredential(tx, login);
      if (known) {
        const account = await findAccount(tx, known.userId);
        if (account?.role !== 'operator') throw identityErrors.error('IDENTITY_EMAIL_TAKEN');
        return { userId: known.userId, created: false };
      }
      const userId = newId();
      await insertAccount(tx, {
        account: {
          id: userId,
          role: 'operator',
          status: 'active',
          email: sealEmail(vault, userId, email),
          fullName: sealName(vault, userId, input.fullName),
          contact: null,
          createdAt: tx.now,
          updatedAt: tx.now,
        },
        credential: { userId, login, passwordHash, createdAt: tx.now },
      });
      tx.audit({ action: 'user.registered', entityType: 'user', entityId: userId, after: { role: 'operator' } });
      tx.emit(events.userRegistered, userId, { userId, role: 'operator' });
      return { userId, created: true };
    });
  } finally {
    await sql.end({ timeout: 5 });
  }
}

if (import.meta.main) {
  const { DATABASE_URL, PII_KEY, OPERATOR_EMAIL, OPERATOR_PASSWORD, OPERATOR_NAME } = readOperatorConfig();
  const { userId, created } = await createOperator({
    databaseUrl: DATABASE_URL,
    piiKey: PII_KEY,
    email: OPERATOR_EMAIL,
    password: OPERATOR_PASSWORD,
    fullName: OPERATOR_NAME,
  });
  console.log(`${created ? 'Created' : 'Found'} operator ${userId}`);
}
