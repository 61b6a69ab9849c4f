import { events } from '@clearlot/proto/events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allocateDeal, previewAllocation } from '../allocation/allocate-deal.ts';
import { commitFunds } from '../commitments/commit-funds.ts';
import { decideCommitment } from '../commitments/decide-commitment.ts';
import { withdrawCommitment } from '../commitments/withdraw-commitment.ts';
import { verifyHolding } from '../holdings/verify-holding.ts';
import { getDealStatus } from '../overview/deal-status.ts';
import { decideParticipation } from '../participations/decide-participation.ts';
import { participate } from '../participations/participate.ts';
import { withdrawParticipation } from '../participations/withdraw-participation.ts';
import { cancelDeal } from '../settlement/cancel-deal.ts';
import { lockAllocations } from '../settlement/lock-allocations.ts';
import { createWorld, type World } from '../world.fixture.ts';
import { closeDeal } from './close-deal.ts';
import { openDeal } from './open-deal.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const code = (expected: string) => expect.objectContaining({ code: expected });
const accreditationId = '0197a3a0-0000-7000-8000-000000000001';
const reservedOf = async (holdingId: string) =>
  (await world.admin<{ reserved: bigint }[]>`select reserved from holding where id = ${holdingId}`)[0]?.reserved;

describe('offering shares', () => {
  const offer = (dealId: string, holdingId: string, shares: bigint) => ({
    dealId,
    holdingId,
    shares,
    minimumPriceMinor: () => null,
  });

  it('over the holding is refused and sets nothing aside', async () => {
    const deal = await world.openDealOf();
    const seller = world.person('seller');
    const holding = await world.holdingOf(seller, deal.companyId, 100n);
    await expect(participate(seller, offer(deal.id, holding.id, 101n))).rejects.toThrow(
      code('DEALS_PARTICIPATION_EXCEEDS_HOLDING'),
    );
    expect(await reservedOf(holding.id)).toBe(0n);
  });

  it('into two deals at once never sets aside more than the holding has', async () => {
    const first = await world.openDealOf();
    const others = await Promise.all([world.openDealOf(), world.openDealOf(), world.openDealOf()]);
    const seller = world.person('seller');
    const holding = await world.holdingOf(seller, first.companyId, 100n);
    await world.admin`update deal set company_id = ${first.companyId} where id = any(${others.map((deal) => deal.id)})`;
    const outcomes = await Promise.allSettled(
      [first, ...others].map((deal) => participate(seller, offer(deal.id, holding.id, 60n))),
    );
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1);
    expect(await reservedOf(holding.id)).toBe(60n);
  });

  it("of somebody else's holding reads as not found", async () => {
    const deal = await world.openDealOf();
    const holding = await world.holdingOf(world.person('seller'), deal.companyId);
    await expect(participate(world.person('seller'), offer(deal.id, holding.id, 1n))).rejects.toThrow(
      code('DEALS_HOLDING_NOT_FOUND'),
    );
  });

  it('twice with one holding is refused, and again possible after a withdrawal', async () => {
    const deal = await world.openDealOf();
    const seller = world.person('seller');
    const holding = await world.holdingOf(seller, deal.companyId, 100n);
    const { participation } = await participate(seller, offer(deal.id, holding.id, 40n));
    await expect(participate(seller, offer(deal.id, holding.id, 40n))).rejects.toThrow(
      code('DEALS_PARTICIPATION_EXISTS'),
    );
    await withdrawParticipation(seller, participation.id);
    expect(await reservedOf(holding.id)).toBe(0n);
    await participate(seller, offer(deal.id, holding.id, 100n));
    expect(await reservedOf(holding.id)).toBe(100n);
  });

  it('is verified with its holding, and turned down and freed with it', async () => {
    const deal = await world.openDealOf();
    const { seller, holding, participation } = await world.approvedSeller(deal, 50n);
    const steps = (await getDealStatus(seller, deal.id)).timeline.filter((step) => step.subjectId === participation.id);
    expect(steps.map((step) => step.status)).toEqual(['submitted', 'verified', 'approved']);
    await expect(verifyHolding(world.operator, { holdingId: holding.id, verified: false })).rejects.toThrow(
      code('DEALS_HOLDING_IN_USE'),
    );
    await decideParticipation(world.operator, { participationId: participation.id, status: 'rejected' });
    expect(await reservedOf(holding.id)).toBe(0n);
  });
});

describe('committing funds', () => {
  const commit = (dealId: string, amountMinor: bigint) => ({ dealId, accreditationId, amountMinor: () => amountMinor });

  it('outside the ticket is refused', async () => {
    const deal = await world.openDealOf();
    const buyer = world.person('buyer');
    await expect(commitFunds(buyer, commit(deal.id, 9_999n))).rejects.toThrow(code('DEALS_COMMITMENT_BELOW_MINIMUM'));
    await expect(commitFunds(buyer, commit(deal.id, 100_000_001n))).rejects.toThrow(
      code('DEALS_COMMITMENT_ABOVE_MAXIMUM'),
    );
  });

  it('twenty times at once commits once', async () => {
    const deal = await world.openDealOf();
    const buyer = world.person('buyer');
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, () => commitFunds(buyer, commit(deal.id, 50_000n))),
    );
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1);
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') expect(outcome.reason).toEqual(code('DEALS_COMMITMENT_EXISTS'));
    }
  });

  it('needs an accreditation: none or rejected is refused, one under review cannot be approved yet', async () => {
    const deal = await world.openDealOf();
    const buyer = world.person('buyer');
    for (const status of ['none', 'rejected', 'expired']) {
      world.standing.set(buyer.actor.id, status);
      await expect(commitFunds(buyer, commit(deal.id, 50_000n))).rejects.toThrow(code('DEALS_NOT_ELIGIBLE'));
    }
    world.standing.set(buyer.actor.id, 'submitted');
    const { commitment } = await commitFunds(buyer, commit(deal.id, 50_000n));
    const approve = { commitmentId: commitment.id, status: 'approved' as const, allocatedMinor: () => undefined };
    await expect(decideCommitment(world.operator, approve)).rejects.toThrow(code('DEALS_NOT_ELIGIBLE'));
    world.standing.set(buyer.actor.id, 'verified');
    expect((await decideCommitment(world.operator, approve)).commitment.status).toBe('approved');
  });

  it('can be withdrawn only by its owner and only while the deal is open', async () => {
    const { buyer, commitment, deal } = await world.lockedDeal();
    await expect(withdrawCommitment(world.person('buyer'), commitment.id)).rejects.toThrow(
      code('DEALS_COMMITMENT_NOT_FOUND'),
    );
    await expect(withdrawCommitment(buyer, commitment.id)).rejects.toThrow(code('DEALS_DEAL_NOT_OPEN'));
    await expect(commitFunds(world.person('buyer'), commit(deal.id, 50_000n))).rejects.toThrow(
      code('DEALS_DEAL_NOT_OPEN'),
    );
  });
});

describe('allocating and locking', () => {
  const at = (dealId: string, price: bigint) => ({ dealId, rule: 'pro-rata' as const, priceMinor: () => price });

  it('a preview changes nothing; applying matches both sides; allocating again replaces', async () => {
    const deal = await world.openDealOf(150n);
    const sells = await Promise.all([world.approvedSeller(deal, 100n), world.approvedSeller(deal, 100n)]);
    await world.approvedBuyer(deal, 1_000_000n);
    const { allocation } = await previewAllocation(world.operator, at(deal.id, 1_000n));
    expect(allocation.clearedShares).toBe(150n);
    expect((await getDealStatus(sells[0].seller, deal.id)).participations[0]?.allocatedShares).toBe(0n);
    await allocateDeal(world.operator, at(deal.id, 1_000n));
    const again = await allocateDeal(world.operator, at(deal.id, 1_250n));
    expect(again.deal.priceMinor).toBe(1_250n);
    const view = await getDealStatus(world.operator, deal.id);
    expect(view.participations.map((row) => row.allocatedShares)).toEqual([75n, 75n]);
    expect(view.commitments.map((row) => row.allocatedMinor)).toEqual([187_500n]);
  });

  it('a price outside the range is refused', async () => {
    const deal = await world.openDealOf();
    for (const price of [999n, 1_501n]) {
      await expect(previewAllocation(world.operator, at(deal.id, price))).rejects.toThrow(
        code('DEALS_PRICE_OUT_OF_RANGE'),
      );
    }
  });

  it('an allocation by hand that does not match cannot be locked', async () => {
    const deal = await world.openDealOf();
    await world.approvedSeller(deal, 100n);
    const { commitment } = await world.approvedBuyer(deal, 100_000n);
    await allocateDeal(world.operator, at(deal.id, 1_000n));
    const byHand = (amount: bigint) => ({
      commitmentId: commitment.id,
      status: 'allocated' as const,
      allocatedMinor: () => amount,
    });
    await expect(decideCommitment(world.operator, byHand(99_999n))).rejects.toThrow(
      code('DEALS_COMMITMENT_ALLOCATION_INVALID'),
    );
    await decideCommitment(world.operator, byHand(99_000n));
    await expect(lockAllocations(world.operator, deal.id)).rejects.toThrow(code('DEALS_ALLOCATION_UNBALANCED'));
    await decideCommitment(world.operator, byHand(100_000n));
    expect((await lockAllocations(world.operator, deal.id)).deal.status).toBe('locked');
  });

  it('locking pairs everybody, lets the unallocated go and frees their shares', async () => {
    const deal = await world.openDealOf(100n);
    const first = await world.approvedSeller(deal, 100n);
    const idle = world.person('seller');
    const holding = await world.holdingOf(idle, deal.companyId, 70n);
    await participate(idle, { dealId: deal.id, holdingId: holding.id, shares: 70n, minimumPriceMinor: () => null });
    await world.approvedBuyer(deal, 60_000n);
    await world.approvedBuyer(deal, 60_000n);
    await allocateDeal(world.operator, at(deal.id, 1_000n));
    await lockAllocations(world.operator, deal.id);
    expect(await reservedOf(first.holding.id)).toBe(100n);
    expect(await reservedOf(holding.id)).toBe(0n);
    expect((await getDealStatus(idle, deal.id)).participations[0]?.status).toBe('cancelled');
    const [request] = (await world.emitted(events.agreementsRequested)).filter((event) => event.dealId === deal.id);
    expect(request?.agreements.map((each) => each.shares)).toEqual([50n, 50n]);
    expect(request?.agreements.map((each) => each.amountMinor)).toEqual([50_000n, 50_000n]);
  });

  it('commitments racing the lock are either in before it or refused', async () => {
    const deal = await world.openDealOf();
    await world.approvedSeller(deal, 100n);
    await world.approvedBuyer(deal, 100_000n);
    await allocateDeal(world.operator, at(deal.id, 1_000n));
    await world.admin`update deal set status = 'open' where id = ${deal.id}`;
    const buyers = Array.from({ length: 10 }, () => world.person('buyer'));
    const outcomes = await Promise.allSettled([
      ...buyers
        .slice(0, 5)
        .map((buyer) => commitFunds(buyer, { dealId: deal.id, accreditationId, amountMinor: () => 50_000n })),
      lockAllocations(world.operator, deal.id),
      ...buyers
        .slice(5)
        .map((buyer) => commitFunds(buyer, { dealId: deal.id, accreditationId, amountMinor: () => 50_000n })),
    ]);
    const left = await world.admin`select status from commitment where deal_id = ${deal.id} and status = 'submitted'`;
    expect(outcomes[5]?.status).toBe('fulfilled');
    expect(left).toEqual([]);
  });
});

describe('ending a deal', () => {
  it('cancelling before release frees shares and asks for the refund', async () => {
    const { deal, holding, buyer } = await world.lockedDeal();
    await cancelDeal(world.operator, { dealId: deal.id, reason: 'The company withdrew.' });
    expect(await reservedOf(holding.id)).toBe(0n);
    expect((await getDealStatus(buyer, deal.id)).commitments[0]?.status).toBe('cancelled');
    const cancelled = await world.emitted(events.settlementCancelled);
    expect(cancelled.filter((event) => event.dealId === deal.id)).toHaveLength(1);
    await expect(cancelDeal(world.operator, { dealId: deal.id, reason: 'again' })).rejects.toThrow(
      code('DEALS_SETTLEMENT_WRONG_STATE'),
    );
  });

  it('an unsettled deal cannot be closed, an open one not opened again', async () => {
    const deal = await world.openDealOf();
    await expect(closeDeal(world.operator, deal.id)).rejects.toThrow(code('DEALS_NOT_SETTLED'));
    await expect(openDeal(world.operator, deal.id)).rejects.toThrow(code('DEALS_DEAL_WRONG_STATUS'));
  });

  it('a stranger cannot tell a deal they have no part in from one that does not exist', async () => {
    const { deal } = await world.lockedDeal();
    await expect(getDealStatus(world.person('buyer'), deal.id)).rejects.toThrow(code('DEALS_DEAL_NOT_FOUND'));
  });
});
