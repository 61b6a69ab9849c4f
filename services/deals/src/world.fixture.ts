import { newId, systemClock } from '@clearlot/kernel';
import { type Actor, createContext, createLogger, type EventType, openDatabase, systemActor } from '@clearlot/service';
import { createTestDatabase } from '@clearlot/testkit';
import { allocateDeal } from './allocation/allocate-deal.ts';
import type { Clients, Ctx } from './clients.ts';
import { commitFunds } from './commitments/commit-funds.ts';
import { decideCommitment } from './commitments/decide-commitment.ts';
import { addCompany } from './companies/add-company.ts';
import { createDeal } from './deals/create-deal.ts';
import { openDeal } from './deals/open-deal.ts';
import { addHolding } from './holdings/add-holding.ts';
import { verifyHolding } from './holdings/verify-holding.ts';
import { decideParticipation } from './participations/decide-participation.ts';
import { participate } from './participations/participate.ts';
import { lockAllocations } from './settlement/lock-allocations.ts';

/** A deals database with people acting on it; identity's answers are what the test says they are. */
export async function createWorld() {
  const database = await createTestDatabase('deals');
  const sql = openDatabase(database.appUrl);
  const admin = openDatabase(database.adminUrl, { max: 2 });
  const standing = new Map<string, string>();
  const clients = {
    identity: {
      getEligibility: async ({ userIds }: { userIds: string[] }) => ({
        people: userIds.map((userId) => ({
          userId,
          accreditationId: '',
          accreditationStatus: standing.get(userId) ?? 'verified',
          accreditationExpiresAt: undefined,
          accountActive: true,
        })),
      }),
    },
  } as unknown as Clients;
  const log = createLogger('deals', 'silent');
  const parts = { service: 'deals', sql, clients, clock: systemClock, log, kick() {} };
  const as = (actor: Actor): Ctx => createContext(parts, actor);
  const operator = as({ kind: 'user', id: newId(), roles: ['operator'] });
  const person = (role: 'seller' | 'buyer') => as({ kind: 'user', id: newId(), roles: [role] });

  const openDealOf = async (targetShares = 1_000n) => {
    const company = await addCompany(operator, { name: `Company ${newId()}` });
    const draft = await createDeal(operator, {
      companyId: company.id,
      name: 'Program',
      targetShares,
      currency: 'USD',
      priceMinMinor: 1_000n,
      priceMaxMinor: 1_500n,
      minimumTicketMinor: 10_000n,
      maximumTicketMinor: 100_000_000n,
      opensAt: new Date(Date.now() - 1_000),
      closesAt: new Date(Date.now() + 3_600_000),
    });
    return openDeal(operator, draft.id);
  };

  const holdingOf = async (seller: Ctx, companyId: string, quantity = 1_000n) => {
    const holding = await addHolding(seller, { companyId, shareType: 'common', quantity });
    return verifyHolding(operator, { holdingId: holding.id, verified: true });
  };

  const approvedSeller = async (deal: { id: string; companyId: string }, shares = 100n) => {
    const seller = person('seller');
    const holding = await holdingOf(seller, deal.companyId);
    const input = { dealId: deal.id, holdingId: holding.id, shares, minimumPriceMinor: () => null };
    const { participation } = await participate(seller, input);
    await decideParticipation(operator, { participationId: participation.id, status: 'approved' });
    return { seller, holding, participation };
  };

  const approvedBuyer = async (deal: { id: string }, amountMinor = 100_000n) => {
    const buyer = person('buyer');
    const input = { dealId: deal.id, accreditationId: newId(), amountMinor: () => amountMinor };
    const { commitment } = await commitFunds(buyer, input);
    await decideCommitment(operator, {
      commitmentId: commitment.id,
      status: 'approved',
      allocatedMinor: () => undefined,
    });
    return { buyer, commitment };
  };

  /** A locked deal of one seller and one buyer over 100 shares at 10.00. */
  const lockedDeal = async () => {
    const deal = await openDealOf();
    const sell = await approvedSeller(deal, 100n);
    const buy = await approvedBuyer(deal, 100_000n);
    await allocateDeal(operator, { dealId: deal.id, rule: 'pro-rata', priceMinor: () => 1_000n });
    await lockAllocations(operator, deal.id);
    return { deal, ...sell, ...buy };
  };

  /** Events of a type in the outbox, oldest first. */
  const emitted = async <T>(type: EventType<T>): Promise<T[]> => {
    const rows = await admin<
      { payload: Buffer }[]
    >`select payload from outbox where subject = ${type.subject} order by id`;
    return rows.map((row) => type.codec.decode(row.payload));
  };

  return {
    admin,
    as,
    operator,
    person,
    standing,
    system: as(systemActor('deals.test')),
    openDealOf,
    holdingOf,
    approvedSeller,
    approvedBuyer,
    lockedDeal,
    emitted,
    async close() {
      await sql.end();
      await admin.end();
      await database.drop();
    },
  };
}

export type World = Awaited<ReturnType<typeof createWorld>>;
