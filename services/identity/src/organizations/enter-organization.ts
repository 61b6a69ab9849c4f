import type { Work } from '@clearlot/service';
import { identityErrors } from '../errors.ts';
import { findMembership, type MembershipRow, openOrganizations } from './store.ts';

/**
 * Finds the actor's own membership and opens the organization for the rest of the transaction. Errors:
 * IDENTITY_ORGANIZATION_NOT_FOUND for everybody outside.
 */
export async function enterOrganization(work: Work, organizationId: string, userId: string): Promise<MembershipRow> {
  const own = await findMembership(work, organizationId, userId);
  if (!own) throw identityErrors.error('IDENTITY_ORGANIZATION_NOT_FOUND');
  await openOrganizations(work, [organizationId]);
  return own;
}
