import { newId } from '@clearlot/kernel';
import { events } from '@clearlot/proto/events';
import { amountMinor } from '../commodity/commodity.ts';
import type { World } from '../world.fixture.ts';
import { createOrder } from './create-order.ts';
import type { NewOrder, NewOrderLine } from './new-order.ts';
import { escrowMinor } from './order.ts';

/** A line of 100 t of carbonate at USD 12,000.00 per tonne of dry matter, with a bonus and a malus. */
export function lineOf(fields: Partial<NewOrderLine> = {}): NewOrderLine {
  const line = {
    lineId: 'carbonate',
    title: 'Lithium carbonate',
    productType: 'lithium_carbonate' as const,
    grade: 'battery' as const,
    limits: [
      { analyte: 'Li2CO3', minPpb: 995_000_000n, maxPpb: null },
      { analyte: 'Na', minPpb: null, maxPpb: 250_000n },
    ],
    adjustments: [
      { analyte: 'Li2CO3', referencePpb: 995_000_000n, stepPpb: 1_000_000n, minorPerTonnePerStep: 5_000n },
      { analyte: 'Na', referencePpb: 250_000n, stepPpb: 10_000n, minorPerTonnePerStep: -1_000n },
    ],
    basis: 'dry' as const,
    quantityKg: 100_000n,
    priceMinorPerTonne: 1_200_000n,
    deliverFrom: new Date('2027-01-01T00:00:00Z'),
    deliverTo: new Date('2027-02-01T00:00:00Z'),
    ...fields,
  };
  return { ...line, amountMinor: fields.amountMinor ?? amountMinor(line.quantityKg, line.priceMinorPerTonne) };
}

/** A confirmed order between a new buyer and a new supplier, made as a signed contract makes it. */
export async function confirmedOrder(world: World, fields: Partial<NewOrder> = {}) {
  const supplier = await world.verifiedSupplier();
  const buyer = world.buyer();
  const input: NewOrder = {
    source: 'rfq',
    sourceId: newId(),
    rfqId: newId(),
    title: 'Carbonate for spring',
    buyerId: buyer.id,
    supplierId: supplier.supplierId,
    supplierOwnerId: supplier.id,
    currency: 'USD',
    incoterm: 'CIF',
    place: 'Hamburg',
    quantityTolerancePpm: 50_000,
    inspectionDays: 14,
    lines: [lineOf()],
    ...fields,
  };
  const { id } = await world.system.transaction('test', (tx) => createOrder(tx, input));
  return { id, buyer, supplier, input };
}

export type TestOrder = Awaited<ReturnType<typeof confirmedOrder>>;

/** The same with its escrow full. */
export async function fundedOrder(world: World, fields: Partial<NewOrder> = {}): Promise<TestOrder> {
  const order = await confirmedOrder(world, fields);
  await fund(world, order);
  return order;
}

/** Payments says that the whole escrow is there. */
export function fund(world: World, { id, buyer, input }: TestOrder) {
  const total = input.lines.reduce((sum, line) => sum + line.amountMinor, 0n);
  return world.receive(events.commitmentFunded, id, {
    dealId: id,
    commitmentId: id,
    paymentId: newId(),
    buyerId: buyer.id,
    amountMinor: escrowMinor(total, input.quantityTolerancePpm),
    currency: input.currency,
    fundedAt: world.clock.now(),
  });
}

/** The supplier ships; answers the delivery's id. */
export async function ship(order: TestOrder, massKg = 100_000, fields: Record<string, unknown> = {}): Promise<string> {
  const items = [{ lineId: order.input.lines[0]?.lineId, massKg }];
  const body = { items, carrier: 'Hapag', tracking: 'HLCU1', ...fields };
  const answer = await order.supplier.post(`/api/orders/${order.id}/deliveries`, body);
  if (answer.status !== 201) throw new Error(`not shipped: ${JSON.stringify(answer.body)}`);
  return answer.body.deliveryId;
}

/** Ships and has it arrive. */
export async function deliver(order: TestOrder, massKg?: number, fields?: Record<string, unknown>): Promise<string> {
  const deliveryId = await ship(order, massKg, fields);
  const answer = await order.buyer.post(`/api/orders/${order.id}/deliveries/${deliveryId}/delivered`, {});
  if (answer.status !== 200) throw new Error(`not delivered: ${JSON.stringify(answer.body)}`);
  return deliveryId;
}

/** What is found as it was promised: dry, at the reference. */
export const asPromised = [
  { analyte: 'Li2CO3', unit: '%', value: 99.5 },
  { analyte: 'Na', unit: 'ppm', value: 250 },
];

export function inspect(order: TestOrder, deliveryId: string, found: Record<string, unknown>) {
  const items = [{ lineId: order.input.lines[0]?.lineId, moisturePpb: 0, assay: asPromised, ...found }];
  return order.buyer.post(`/api/orders/${order.id}/deliveries/${deliveryId}/inspection`, { items });
}

/** Payments did what the newest request about a delivery asked; the last one gives back what is still held. */
export async function settle(world: World, order: TestOrder, deliveryId: string) {
  const asked = (await world.emitted(events.orderReleaseRequested)).findLast((each) => each.deliveryId === deliveryId);
  if (!asked) throw new Error('nothing was asked of payments');
  const [row] = await world.admin<{ held: bigint }[]>`
    select escrow_minor - released_minor - refunded_minor as held from purchase_order where id = ${order.id}`;
  const held = row?.held ?? 0n;
  const refundedMinor = asked.final ? held - asked.releaseMinor : asked.refundMinor;
  const event = {
    dealId: order.id,
    partId: deliveryId,
    currency: asked.currency,
    releasedMinor: asked.releaseMinor,
    refundedMinor,
    heldMinor: held - asked.releaseMinor - refundedMinor,
    final: asked.final,
    releasedAt: world.clock.now(),
  };
  return { event, outcome: await world.receive(events.partReleased, order.id, event) };
}

/** The order as its buyer sees it. */
export const seen = async (order: TestOrder) => (await order.buyer.get(`/api/orders/${order.id}`)).body;
