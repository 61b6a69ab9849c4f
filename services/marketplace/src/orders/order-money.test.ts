import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  availableMinor,
  checkCancellable,
  checkShippable,
  type DeliveryMoney,
  escrowMinor,
  heldMinor,
  moveDelivery,
  moveOrder,
  type OrderStatus,
  orderStatusOf,
  resolveDispute,
  settlesOrder,
} from './order.ts';
import {
  allTaken,
  type DeliverySettlement,
  type FoundItem,
  mostKg,
  reserveFor,
  type ShippedItem,
  settleDelivery,
} from './settlement.ts';

type Delivery = DeliveryMoney & {
  final: boolean;
  items: ShippedItem[];
  inspection: FoundItem[] | null;
  settlement: DeliverySettlement | null;
};
type Deal = { tolerancePpm: number; priceMinorPerTonne: bigint; basis: 'dry' | 'wet' };

/** A funded order of one line with its escrow, moved by the rules alone; payments does what it is asked, in that order. */
class Model {
  readonly line;
  readonly escrow;
  readonly tolerancePpm: number;
  status: OrderStatus = 'funded';
  deliveries: Delivery[] = [];
  asked: { id: string; releaseMinor: bigint; refundMinor: bigint; final: boolean }[] = [];

  constructor({ tolerancePpm, priceMinorPerTonne, basis }: Deal) {
    const bonus = { analyte: 'a', referencePpb: 500_000_000n, stepPpb: 1_000_000n, minorPerTonnePerStep: 2_000n };
    const terms = { lineId: 'l', basis, quantityKg: 100_000n, priceMinorPerTonne };
    this.line = { ...terms, limits: [], adjustments: [bonus] };
    this.tolerancePpm = tolerancePpm;
    const total = escrowMinor(priceMinorPerTonne * 100n, tolerancePpm);
    this.escrow = { escrowMinor: total, releasedMinor: 0n, refundedMinor: 0n, fundedAt: new Date(0) };
  }

  terms(exceptId?: string) {
    const others = this.deliveries.filter((each) => each.id !== exceptId);
    const available = availableMinor(this.escrow, this.deliveries, exceptId);
    return { lines: [this.line], others, tolerancePpm: this.tolerancePpm, availableMinor: available };
  }

  put(row: Delivery, change: Partial<Delivery>): void {
    this.deliveries = this.deliveries.map((each) => (each.id === row.id ? { ...row, ...change } : each));
  }

  settle(row: Delivery, inspection: FoundItem[] | null) {
    const settlement = settleDelivery({ items: row.items, inspection }, this.terms(row.id));
    return { inspection, settlement, payableMinor: settlement.payableMinor };
  }

  ship(massKg: bigint, final: boolean): void {
    checkShippable(this.status, this.deliveries);
    const fresh = { id: `${this.deliveries.length}`, items: [{ lineId: 'l', massKg }], settlement: null };
    const row: Delivery = {
      ...fresh,
      status: 'shipped',
      reservedMinor: reserveFor(fresh.items, this.terms()),
      final: final || allTaken([this.line], [...this.deliveries, fresh]),
      inspection: null,
      payableMinor: null,
      releaseMinor: null,
      refundMinor: null,
    };
    this.deliveries = [...this.deliveries, row];
  }

  ask(row: Delivery, ask: { releaseMinor: bigint; refundMinor: bigint }, change: Partial<Delivery> = {}): void {
    const status = moveDelivery(moveDelivery(row.status, 'accepted'), 'releasing');
    this.put(row, { ...change, ...ask, status });
    this.asked.push({ id: row.id, ...ask, final: settlesOrder(this.deliveries, row.id) });
  }

  resolve(row: Delivery, releaseMinor: bigint): void {
    if (row.status !== 'disputed') return;
    const available = availableMinor(this.escrow, this.deliveries, row.id);
    this.ask(row, resolveDispute(releaseMinor, row.payableMinor ?? 0n, available));
  }

  withdraw(row: Delivery): void {
    if (row.status !== 'disputed') return;
    if (row.inspection) this.put(row, { status: 'inspected' });
    else this.put(row, { status: 'delivered', settlement: null, payableMinor: null });
  }

  dispute(row: Delivery): void {
    const status = moveDelivery(row.status, 'disputed');
    this.put(row, row.settlement ? { status } : { ...this.settle(row, null), status });
  }

  /** What usually comes next; `lapse` where nobody looked. */
  next(row: Delivery, found: FoundItem, lapse: boolean): void {
    if (row.status === 'shipped') this.put(row, { status: moveDelivery(row.status, 'delivered') });
    else if (row.status === 'delivered') {
      if (lapse) {
        const known = this.settle(row, null);
        this.ask(row, { releaseMinor: known.payableMinor, refundMinor: 0n }, known);
      } else this.put(row, { ...this.settle(row, [found]), status: moveDelivery(row.status, 'inspected') });
    } else if (row.status === 'inspected') this.ask(row, { releaseMinor: row.payableMinor ?? 0n, refundMinor: 0n });
  }

  pay(): void {
    const ask = this.asked.shift();
    const row = this.deliveries.find((each) => each.id === ask?.id);
    if (!ask || !row) return;
    this.escrow.releasedMinor += ask.releaseMinor;
    this.escrow.refundedMinor += ask.final ? heldMinor(this.escrow) : ask.refundMinor;
    this.put(row, { status: moveDelivery(row.status, 'released') });
  }

  cancel(by: 'buyer' | 'supplier' | 'operator'): void {
    checkCancellable(this.status, this.deliveries.length, by);
    this.status = moveOrder(this.status, 'cancelled');
    this.escrow.refundedMinor += heldMinor(this.escrow);
  }

  follow(): void {
    if (this.status === 'cancelled') return;
    const status = orderStatusOf(this.deliveries);
    if (status !== this.status) this.status = moveOrder(this.status, status);
  }
}

const deal = fc.record({
  tolerancePpm: fc.integer({ min: 0, max: 200_000 }),
  priceMinorPerTonne: fc.bigInt({ min: 1n, max: 2_000_000n }),
  basis: fc.constantFrom('dry' as const, 'wet' as const),
});
const which = fc.nat({ max: 9 });
const action = fc.oneof(
  { weight: 3, arbitrary: fc.record({ ship: fc.bigInt({ min: 1n, max: 60_000n }), final: fc.boolean() }) },
  {
    weight: 8,
    arbitrary: fc.record({
      next: which,
      lapse: fc.boolean(),
      wetKg: fc.bigInt({ min: 0n, max: 80_000n }),
      moisturePpb: fc.bigInt({ min: 0n, max: 1_000_000_000n }),
      ppb: fc.bigInt({ min: 0n, max: 1_000_000_000n }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ dispute: which }) },
  { weight: 1, arbitrary: fc.record({ withdraw: which }) },
  { weight: 2, arbitrary: fc.record({ resolve: which, releaseMinor: fc.bigInt({ min: 0n, max: 90_000_000n }) }) },
  { weight: 3, arbitrary: fc.constant({ pay: true }) },
  { weight: 1, arbitrary: fc.record({ cancel: fc.constantFrom('buyer', 'supplier', 'operator') }) },
);
type Action = Partial<Record<'ship' | 'wetKg' | 'moisturePpb' | 'ppb' | 'releaseMinor', bigint>> & {
  next?: number;
  lapse?: boolean;
  final?: boolean;
  dispute?: number;
  withdraw?: number;
  resolve?: number;
  pay?: boolean;
  cancel?: 'buyer' | 'supplier' | 'operator';
};

function play(model: Model, step: Action): void {
  const { deliveries } = model;
  const row = deliveries[(step.next ?? step.dispute ?? step.withdraw ?? step.resolve ?? 0) % (deliveries.length || 1)];
  if (step.ship) model.ship(step.ship, step.final ?? false);
  else if (step.pay) model.pay();
  else if (step.cancel) model.cancel(step.cancel);
  else if (!row) return;
  else if (step.dispute !== undefined) model.dispute(row);
  else if (step.withdraw !== undefined) model.withdraw(row);
  else if (step.resolve !== undefined) model.resolve(row, step.releaseMinor ?? 0n);
  else {
    const { wetKg = 0n, moisturePpb = 0n, ppb = 0n } = step;
    model.next(row, { lineId: 'l', wetKg, moisturePpb, assay: [{ analyte: 'a', ppb }] }, step.lapse ?? false);
  }
  model.follow();
}

it('money conserves after every step, whatever sequence of deliveries, disputes and cancellations', () => {
  const reached = new Set<OrderStatus>();
  fc.assert(
    fc.property(deal, fc.array(action, { minLength: 20, maxLength: 80 }), (terms, steps) => {
      const model = new Model(terms);
      const { escrow } = model;
      for (const step of steps) {
        const before = model.status;
        try {
          play(model, step as Action);
        } catch (error) {
          expect((error as { code?: string }).code).toMatch(/^MARKETPLACE_/);
          expect(model.status).toBe(before);
        }
        reached.add(model.status);
        expect(escrow.releasedMinor + escrow.refundedMinor + heldMinor(escrow)).toBe(escrow.escrowMinor);
        for (const part of [escrow.releasedMinor, escrow.refundedMinor, heldMinor(escrow)]) {
          expect(part >= 0n).toBe(true);
        }
        // Nobody has money to themselves that is not there, unless the order is off.
        if (model.status !== 'cancelled') expect(availableMinor(escrow, model.deliveries) >= 0n).toBe(true);
        expect(mostKg(model.line, model.deliveries, model.tolerancePpm) >= 0n).toBe(true);
      }
      if (model.status === 'released' || model.status === 'cancelled') expect(heldMinor(escrow)).toBe(0n);
    }),
    { numRuns: 500 },
  );
  // The sequences went everywhere.
  const everywhere = ['accepted', 'cancelled', 'delivered', 'disputed', 'funded', 'inspected', 'released', 'shipped'];
  expect([...reached].sort()).toEqual(everywhere);
});
