import { randomUUID } from 'node:crypto';
import type { Client } from '../program/client.ts';
import { type Person, until } from '../program/people.ts';
import { confirmOutgoing, type Payment, type Say } from '../program/program.ts';
import type { Supplier } from './market.ts';

export interface Order {
  orderId: string;
  status: string;
  supplierId: string;
  lines: { lineId: string; quantityKg: number; amount: number }[];
  deliveries: { deliveryId: string; status: string; paidAt: string | null }[];
  disputes: { disputeId: string; status: string }[];
  amount: number;
  released: number;
  refunded: number;
  held: number;
}

const quiet: Say = () => {};

/** The buyer wires what is missing of the order's amount; the operator books it. */
export async function fundOrder(operator: Client, buyer: Person, orderId: string, say: Say = quiet): Promise<void> {
  const payment = await until('wire instructions', async () => {
    const mine = await buyer.client.get<Payment[]>('/api/payments/my');
    return mine.find((each) => each.dealId === orderId && each.purpose === 'funding');
  });
  const wire = { amount: payment.remainingAmount, wireReference: `FED-${randomUUID().slice(0, 12).toUpperCase()}` };
  await operator.post(`/api/admin/payments/${payment.paymentId}/confirm`, wire);
  await untilOrder(buyer, orderId, 'funded');
  say(`Order ${orderId} is funded: USD ${payment.amount.toLocaleString('en-US')} in escrow.`);
}

/** The supplier ships all there is, the buyer receives and inspects it; answers the delivery. */
export async function deliver(
  buyer: Person,
  supplier: Supplier,
  orderId: string,
  found: { share: number; li2co3: number },
  say: Say = quiet,
): Promise<string> {
  const order = await readOrder(buyer, orderId);
  const path = `/api/orders/${orderId}/deliveries`;
  const { deliveryId } = await supplier.client.post<{ deliveryId: string }>(path, {
    items: order.lines.map(({ lineId, quantityKg }) => ({ lineId, massKg: quantityKg })),
    carrier: 'Ocean Line',
    tracking: `MSKU${randomUUID().slice(0, 7)}`,
    final: true,
  });
  await supplier.client.upload(
    `/api/orders/${orderId}/documents?kind=bill_of_lading&deliveryId=${deliveryId}`,
    'bill-of-lading.txt',
    `Bill of lading of ${orderId}`,
  );
  await buyer.client.post(`${path}/${deliveryId}/delivered`, {});
  await buyer.client.post(`${path}/${deliveryId}/inspection`, {
    items: order.lines.map(({ lineId, quantityKg }) => ({
      lineId,
      wetKg: Math.round(quantityKg * found.share),
      moisturePpb: 0,
      assay: [
        { analyte: 'Li2CO3', unit: '%', value: found.li2co3 },
        { analyte: 'Na', unit: 'ppm', value: 180 },
      ],
    })),
  });
  say(`Order ${orderId} was shipped, delivered and inspected.`);
  return deliveryId;
}

/** The supplier ships a part of a one-line order, the buyer receives it and finds what was promised. */
export async function shipPart(
  buyer: Person,
  supplier: Supplier,
  orderId: string,
  massKg: number,
  final: boolean,
): Promise<string> {
  const path = `/api/orders/${orderId}/deliveries`;
  const items = [{ lineId: '1', massKg }];
  const shipment = { items, carrier: 'Ocean Line', tracking: `MSKU${randomUUID().slice(0, 7)}`, final };
  const { deliveryId } = await supplier.client.post<{ deliveryId: string }>(path, shipment);
  await buyer.client.post(`${path}/${deliveryId}/delivered`, {});
  const found = [{ lineId: '1', wetKg: massKg, moisturePpb: 0, assay: [] }];
  await buyer.client.post(`${path}/${deliveryId}/inspection`, { items: found });
  return deliveryId;
}

/** The buyer accepts; escrow is released and the bank pays out. Answers the settled order. */
export async function acceptAndRelease(
  operator: Client,
  buyer: Person,
  orderId: string,
  deliveryId: string,
  say: Say = quiet,
): Promise<Order> {
  await buyer.client.post(`/api/orders/${orderId}/deliveries/${deliveryId}/accept`, {});
  return untilPaid(operator, buyer, orderId, say);
}

/** Waits for the release, confirms what is to leave the bank, and answers the order when its supplier is paid. */
export async function untilPaid(operator: Client, buyer: Person, orderId: string, say: Say = quiet): Promise<Order> {
  await untilOrder(buyer, orderId, 'released');
  await confirmOutgoing(operator, orderId);
  const order = await until('the payout', async () => {
    const seen = await readOrder(buyer, orderId);
    return seen.deliveries.every((each) => each.paidAt !== null) && seen;
  });
  const { released, refunded } = order;
  say(`Order ${orderId} is released: USD ${released} to the supplier, USD ${refunded} back to the buyer.`);
  return order;
}

export async function readOrder(buyer: Person, orderId: string): Promise<Order> {
  return buyer.client.get<Order>(`/api/orders/${orderId}`);
}

async function untilOrder(buyer: Person, orderId: string, status: string): Promise<void> {
  await until(`order ${orderId} to be ${status}`, async () => (await readOrder(buyer, orderId)).status === status);
}

const cents = (amount: number) => Math.round(amount * 100);

/** Every cent that came in for an order left again, as its payments and the escrow say; throws naming what is missing. */
export async function auditOrder(operator: Client, order: Order): Promise<string> {
  const { items } = await operator.get<{ items: Payment[] }>(`/api/admin/payments?dealId=${order.orderId}&limit=200`);
  const open = items.filter((each) => each.status !== 'confirmed');
  if (open.length > 0) throw new Error(`${open.length} payments of ${order.orderId} are not confirmed`);
  const total = (purpose: string) =>
    items.filter((each) => each.purpose === purpose).reduce((sum, each) => sum + cents(each.confirmedAmount), 0);
  const [wired, paid, refunded] = [total('funding'), total('payout'), total('refund')];
  const escrow = await operator.get<{ balanced: boolean; held: number; available: number }>(
    `/api/admin/escrows/${order.orderId}`,
  );
  if (wired !== paid + refunded) throw new Error(`wired ${wired}, paid ${paid}, refunded ${refunded} cents`);
  if (!escrow.balanced || escrow.held !== 0 || escrow.available !== 0) throw new Error('the escrow is not empty');
  if (paid !== cents(order.released) || refunded !== cents(order.refunded)) {
    throw new Error(`the order says ${order.released} and ${order.refunded}, the bank ${paid} and ${refunded}`);
  }
  const shown = (value: number) => (value / 100).toLocaleString('en-US', { minimumFractionDigits: 2 }).padStart(14);
  return `  order ${order.orderId}   wired ${shown(wired)} = to the supplier ${shown(paid)} + back to the buyer ${shown(refunded)}`;
}
