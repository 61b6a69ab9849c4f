import { isId } from '@clearlot/kernel';
import type { Eligibility } from '@clearlot/proto/identity/v1/identity';
import { findAccounts } from '../accounts/store.ts';
import type { IdentityContext } from '../ports.ts';
import { bestOf, standing } from './accreditation.ts';
import { listAccreditationsOfMany } from './store.ts';

/**
 * Whether people may invest at this moment, in the order asked; unknown people are not active and have no
 * accreditation. With an accreditation id only that one counts, and one of somebody else counts as none.
 */
export async function getEligibility(
  ctx: IdentityContext,
  input: { userIds: readonly string[]; accreditationId?: string | undefined },
): Promise<Eligibility[]> {
  const now = ctx.clock.now();
  const known = input.userIds.filter(isId);
  const [accounts, accreditations] = await ctx.read((work) =>
    Promise.all([findAccounts(work, known), listAccreditationsOfMany(work, known)]),
  );
  return input.userIds.map((userId) => {
    const own = accreditations.filter(
      (each) => each.userId === userId && (!input.accreditationId || each.id === input.accreditationId),
    );
    const best = bestOf(own, now);
    return {
      userId,
      accreditationId: best?.id ?? '',
      accreditationStatus: best ? standing(best, now) : 'none',
      accreditationExpiresAt: best?.expiresAt ?? undefined,
      accountActive: accounts.some((account) => account.id === userId && account.status === 'active'),
    };
  });
}
