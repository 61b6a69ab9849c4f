import { newId } from '@clearlot/kernel';
import { events } from '@clearlot/proto/events';
import type { EventType, Reaction } from '@clearlot/service';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Clients } from '../clients.ts';
import { getDealOverview } from '../overview/deal-overview.ts';
import { createWorld, type World } from '../world.fixture.ts';
import { cancelDeal } from './cancel-deal.ts';
import { onAgreementSigned } from './on-agreement-signed.ts';
import { onCommitmentFunded } from './on-commitment-funded.ts';
import { onEscrowReleased } from './on-escrow-released.ts';
import { onPackageIssued } from './on-package-issued.ts';
import { onPayoutConfirmed } from './on-payout-confirmed.ts';
import { retryRelease } from './retry-release.ts';
import { watchDeadlines } from './watch-deadlines.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

type Locked = Awaited<ReturnType<World['lockedDeal']>>;

async function deliver<T>(reaction: unknown, _type: EventType<T>, event: T): Promise<void> {
  const { name, prepare, handle } = reaction as Reaction<Clients>;
  const envelope = { messageId: newId(), subject: '', aggregateId: '', version: 1n, occurredAt: new Date() };
  const prepared = await prepare?.(world.system, event, envelope);
  await world.system.transaction(name, (tx) => handle(tx, event, prepared, envelope));
}

async function agreementOf(deal: Locked['deal']) {
  const all = await world.emitted(events.agreementsRequested);
  const agreement = all.find((event) => event.dealId === deal.id)?.agreements[0];
  if (!agreement) throw new Error('no agreement');
  return agreement;
}

async function issue({ deal }: Locked) {
  const { agreementId, sellerId, buyerId } = await agreementOf(deal);
  const agreements = [{ documentId: newId(), agreementId, sellerId, buyerId }];
  await deliver(onPackageIssued, events.packageIssued, { dealId: deal.id, settlementId: '', agreements });
}

async function sign({ deal }: Locked, signerRole: 'seller' | 'buyer') {
  const { agreementId, sellerId, buyerId } = await agreementOf(deal);
  const signerId = signerRole === 'seller' ? sellerId : buyerId;
  const event = {
    dealId: deal.id,
    agreementId,
    documentId: '',
    signerId,
    signerRole,
    complete: false,
    signedAt: new Date(),
  };
  await deliver(onAgreementSigned, events.agreementSigned, event);
}

const fund = ({ deal, commitment, buyer }: Locked) =>
  deliver(onCommitmentFunded, events.commitmentFunded, {
    dealId: deal.id,
    commitmentId: commitment.id,
    paymentId: newId(),
    buyerId: buyer.actor.id,
    amountMinor: 100_000n,
    currency: 'USD',
    fundedAt: new Date(),
  });

const payOut = ({ deal, participation, seller }: Locked) =>
  deliver(onPayoutConfirmed, events.payoutConfirmed, {
    dealId: deal.id,
    paymentId: newId(),
    participationId: participation.id,
    sellerId: seller.actor.id,
    amountMinor: 100_000n,
    currency: 'USD',
    confirmedAt: new Date(),
  });

const release = ({ deal }: Locked) =>
  deliver(onEscrowReleased, events.escrowReleased, {
    dealId: deal.id,
    currency: 'USD',
    amountMinor: 100_000n,
    payouts: [],
  });

const stateOf = async (deal: { id: string }) => (await getDealOverview(world.operator, deal.id)).settlement?.state;
const countFor = async <T extends { dealId: string }>(type: EventType<T>, deal: { id: string }) =>
  (await world.emitted(type)).filter((event) => event.dealId === deal.id).length;

describe('settlement', () => {
  it('goes from lock to settled, moving shares once, whatever is delivered twice', async () => {
    const locked = await world.lockedDeal();
    const { deal, holding, buyer } = locked;
    for (const step of [
      () => issue(locked),
      () => sign(locked, 'seller'),
      () => sign(locked, 'buyer'),
      () => fund(locked),
      () => release(locked),
      () => payOut(locked),
    ]) {
      await step();
      await step();
    }
    const view = await getDealOverview(world.operator, deal.id);
    expect([view.deal.status, view.settlement?.state]).toEqual(['settled', 'settled']);
    expect(view.participations[0]?.status).toBe('paid');
    expect(view.commitments[0]?.status).toBe('complete');
    expect(await countFor(events.fundingRequested, deal)).toBe(1);
    expect(await countFor(events.releaseRequested, deal)).toBe(1);
    const rows = await world.admin<{ owner_id: string; quantity: bigint; reserved: bigint }[]>`
      select owner_id, quantity, reserved from holding where id = ${holding.id} or origin_deal_id = ${deal.id} order by quantity`;
    expect([...rows]).toEqual([
      { owner_id: buyer.actor.id, quantity: 100n, reserved: 0n },
      { owner_id: holding.ownerId, quantity: 900n, reserved: 0n },
    ]);
  });

  it('ignores signatures and money that arrive after a cancellation', async () => {
    const locked = await world.lockedDeal();
    await issue(locked);
    await cancelDeal(world.operator, { dealId: locked.deal.id, reason: 'Called off.' });
    await sign(locked, 'seller');
    await sign(locked, 'buyer');
    await fund(locked);
    expect(await stateOf(locked.deal)).toBe('cancelled');
    expect(await countFor(events.fundingRequested, locked.deal)).toBe(0);
  });

  it('does not release while a funded buyer has lost their accreditation, and does once it is back', async () => {
    const locked = await world.lockedDeal();
    await issue(locked);
    await sign(locked, 'buyer');
    await sign(locked, 'seller');
    world.standing.set(locked.buyer.actor.id, 'expired');
    await fund(locked);
    const blocked = await getDealOverview(world.operator, locked.deal.id);
    expect(blocked.settlement?.state).toBe('funding');
    expect(blocked.blockers).toEqual([{ userId: null, what: 'accreditation', subjectId: locked.deal.id }]);
    expect(blocked.incidents.map((incident) => incident.kind)).toEqual(['buyer_not_eligible']);
    expect((await retryRelease(world.operator, locked.deal.id)).state).toBe('funding');
    world.standing.set(locked.buyer.actor.id, 'verified');
    expect((await retryRelease(world.operator, locked.deal.id)).state).toBe('releasing');
    expect(await countFor(events.releaseRequested, locked.deal)).toBe(1);
    expect((await getDealOverview(world.operator, locked.deal.id)).incidents).toEqual([]);
  });

  it('cannot be cancelled once the release is under way', async () => {
    const locked = await world.lockedDeal();
    await issue(locked);
    await sign(locked, 'buyer');
    await sign(locked, 'seller');
    await fund(locked);
    await expect(cancelDeal(world.operator, { dealId: locked.deal.id, reason: 'too late' })).rejects.toThrow(
      expect.objectContaining({ code: 'DEALS_ALREADY_RELEASED' }),
    );
  });

  it('a missed deadline becomes one incident and one reminder to whom it waits for', async () => {
    const locked = await world.lockedDeal();
    await issue(locked);
    await sign(locked, 'seller');
    await world.admin`update settlement set deadline_at = now() - interval '1 second' where deal_id = ${locked.deal.id}`;
    await Promise.all([watchDeadlines.run(world.system), watchDeadlines.run(world.system)]);
    const view = await getDealOverview(world.operator, locked.deal.id);
    expect(view.incidents.map((incident) => incident.kind)).toEqual(['deadline_missed']);
    const reminders = (await world.emitted(events.notification.deals)).filter(
      (event) => event.template === 'settlement_overdue' && event.data.dealId === locked.deal.id,
    );
    expect(reminders.map((event) => event.userId)).toEqual([locked.buyer.actor.id]);
  });
});
