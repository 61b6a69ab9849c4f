import { randomUUID } from 'node:crypto';
import type { Client } from '../program/client.ts';
import { type Person, registerPerson, until } from '../program/people.ts';
import type { Payment } from '../program/program.ts';

export interface Announced {
  auctionId: string;
  opensAt: string;
  closesAt: string;
}

export interface Balance {
  balanceId: string;
  available: number;
  held: number;
  deposits: { auctionId: string; status: string; amount: number }[];
}

/** Bidders with money on their balances, so much each, wired and booked. */
export async function openBidders(
  baseUrl: string,
  operator: Client,
  names: readonly string[],
  amount: number,
): Promise<Person[]> {
  return Promise.all(
    names.map(async (name) => {
      const person = await registerPerson(baseUrl, 'buyer', name);
      await topUp(operator, person, amount);
      return person;
    }),
  );
}

/** Wires money to somebody's balance. */
export async function topUp(operator: Client, person: Person, amount: number): Promise<void> {
  const path = '/api/payments/balances/top-ups';
  const { paymentId } = await person.client.post<Payment>(path, { currency: 'USD', amount });
  const wireReference = `FED-${randomUUID().slice(0, 12).toUpperCase()}`;
  await operator.post(`/api/admin/payments/${paymentId}/confirm`, { amount, wireReference });
}

export async function balanceOf(person: Person): Promise<Balance> {
  const { items } = await person.client.get<{ items: Balance[] }>('/api/payments/balances');
  const [balance] = items;
  if (!balance) throw new Error(`${person.fullName} has no balance`);
  return balance;
}

/** Waits until somebody's deposits have come to these ends. */
export async function untilDeposits(person: Person, statuses: readonly string[]): Promise<Balance> {
  return until(`deposits of ${person.fullName} to be ${statuses.join(', ')}`, async () => {
    const balance = await balanceOf(person);
    const found = balance.deposits.map((each) => each.status).sort();
    return JSON.stringify(found) === JSON.stringify([...statuses].sort()) ? balance : undefined;
  });
}

/** Waits until somebody's deposit for one auction has come to an end. */
export async function untilDeposit(person: Person, auctionId: string, status: string): Promise<void> {
  await until(`the deposit of ${person.fullName} to be ${status}`, async () => {
    const { deposits } = await balanceOf(person);
    return deposits.some((each) => each.auctionId === auctionId && each.status === status);
  });
}

/** Announces a sale that opens (at once) and closes so many seconds from now; answers its lots in order. */
export async function announce(
  owner: Person,
  rules: Record<string, unknown>,
  times: { opensIn?: number; closesIn?: number },
  sale: Record<string, unknown> = {},
  lots: readonly Record<string, unknown>[] = [{}],
): Promise<Announced[]> {
  const at = (seconds: number) => new Date(Date.now() + seconds * 1_000).toISOString();
  const closes = times.closesIn === undefined ? {} : { closesAt: at(times.closesIn) };
  const opens = times.opensIn === undefined ? {} : { opensAt: at(times.opensIn) };
  const body = { currency: 'USD', ...opens, ...closes, rules, ...sale, lots: lots.map(lotOf) };
  const { auctions } = await owner.client.post<{ auctions: Announced[] }>('/api/auctions', body);
  return auctions;
}

/** Twenty tonnes of battery-grade carbonate, from 10,000.00 a tonne. */
function lotOf(lot: Record<string, unknown>, index: number) {
  return {
    title: `Lithium carbonate, lot ${index + 1} ${randomUUID().slice(0, 6)}`,
    productType: 'lithium_carbonate',
    grade: 'battery',
    limits: [{ analyte: 'Li2CO3', unit: '%', min: 99.5 }],
    quantityKg: 20_000,
    incoterm: 'FOB',
    place: 'Antofagasta',
    deliverFrom: '2027-01-01',
    deliverTo: '2027-02-01',
    startingPrice: 10_000,
    ...lot,
  };
}

export async function join(people: readonly Person[], auctionId: string, answers?: Record<string, string>) {
  await Promise.all(
    people.map((each) => each.client.post(`/api/auctions/${auctionId}/participations`, answers ? { answers } : {})),
  );
}

/** A bid over HTTP, whatever its answer. */
export async function bid(person: Person, auctionId: string, body: Record<string, unknown>) {
  const path = `/api/auctions/${auctionId}/bids`;
  return person.client.send<Record<string, unknown> & { code?: string }>('POST', path, { key: randomUUID(), ...body });
}

export async function untilOpen(person: Person, auctionId: string): Promise<void> {
  await until(`auction ${auctionId} to open`, async () => {
    const { status } = await person.client.get<{ status: string }>(`/api/auctions/${auctionId}`);
    return status === 'open';
  });
}

export interface Ended {
  live: { result: { outcome: string; winner: number; price: number; reason?: string }; extensions: number };
  awards: { status: string; price: number; rank: number; orderId: string | null }[];
  participation: { bidder: number } | null;
}

/** Waits until an auction is over and settled, and answers how as one person sees it. */
export async function untilClosed(person: Person, auctionId: string): Promise<Ended> {
  return until(`auction ${auctionId} to close`, async () => {
    const found = await person.client.get<Ended & { settledAt: string | null }>(`/api/auctions/${auctionId}`);
    return found.settledAt ? found : undefined;
  });
}
