import { isId } from '@clearlot/kernel';
import { type IdentityServiceServer, IdentityServiceService } from '@clearlot/proto/identity/v1/identity';
import { rpcs } from '@clearlot/service';
import { openName } from './accounts/sealed-account.ts';
import { findAccounts } from './accounts/store.ts';
import { getEligibility } from './accreditations/get-eligibility.ts';
import type { IdentityContext, Ports } from './ports.ts';
import { introspectSession, mintAccessToken } from './sessions/introspect-session.ts';

const peers = { services: ['gateway', 'deals', 'payments', 'documents', 'marketplace', 'market-data'] } as const;

/** What other services ask identity at the moment they need to know. They ask for themselves, without a user's token. */
export const identityRpcs = rpcs<IdentityServiceServer, Ports>(IdentityServiceService, {
  mintAccessToken: {
    access: { services: ['gateway'] },
    action: (ctx, { sessionSecret }) => mintAccessToken(ctx, sessionSecret),
  },
  introspectSession: {
    access: peers,
    async action(ctx, { sessionId }) {
      const live = isId(sessionId) ? await introspectSession(ctx, sessionId) : undefined;
      if (!live) return { active: false, userId: '', roles: [], authenticatedAt: undefined };
      const { session, role } = live;
      return { active: true, userId: session.userId, roles: [role], authenticatedAt: session.createdAt };
    },
  },
  getEligibility: {
    access: peers,
    action: async (ctx, request) => ({ people: await getEligibility(ctx, request) }),
  },
  getLegalNames: {
    access: peers,
    action: async (ctx, { userIds }) => ({ names: await legalNames(ctx, userIds.filter(isId)) }),
  },
});

/** Names as people gave them; unknown people are left out. */
async function legalNames(ctx: IdentityContext, userIds: readonly string[]): Promise<Record<string, string>> {
  const accounts = await ctx.read((work) => findAccounts(work, userIds));
  return Object.fromEntries(accounts.map(({ id, fullName }) => [id, openName(ctx.clients.vault, id, fullName)]));
}
