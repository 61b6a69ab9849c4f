import type { Client } from './client.ts';
import type { Payment, Program, ProgramPlan } from './program.ts';

/** The money and shares of a closed program, as every party's own view shows them. */
export interface FundsFlow {
  wiredCents: number;
  paidOutCents: number;
  refundedCents: number;
  sharesBefore: number;
  sharesAfter: number;
  sharesSold: number;
  lines: string[];
}

interface Holding {
  companyId: string;
  quantity: number;
  reservedQuantity: number;
  acquiredInDealId: string | null;
}

const cents = (amount: number) => Math.round(amount * 100);
const dollars = (value: number) => (value / 100).toLocaleString('en-US', { minimumFractionDigits: 2 }).padStart(14);

/**
 * Adds a closed deal up from what its people see: what buyers wired is what sellers got plus what was sent back, and
 * shares only changed hands. Throws, naming it, when a cent or a share is unaccounted for or somebody is not through.
 */
export async function auditProgram(operator: Client, program: Program, plan: ProgramPlan): Promise<FundsFlow> {
  const lines: string[] = [];
  const { items } = await operator.get<{ items: Payment[] }>(`/api/admin/payments?dealId=${program.dealId}&limit=200`);
  const total = (type: string, purpose: string) =>
    items
      .filter((each) => each.type === type && each.purpose === purpose)
      .reduce((sum, each) => sum + cents(each.confirmedAmount) + cents(each.surplusAmount), 0);
  const [wired, paidOut, refunded] = [
    total('incoming', 'funding'),
    total('outgoing', 'payout'),
    total('outgoing', 'refund'),
  ];
  const open = items.filter((each) => each.status !== 'confirmed');
  if (open.length > 0) throw new Error(`${open.length} payments are not confirmed`);
  if (wired !== paidOut + refunded)
    throw new Error(`wired ${wired}, but paid out ${paidOut} and refunded ${refunded} cents`);

  const price = cents(plan.price);
  let [sold, bought, after, paid] = [0, 0, 0, 0];
  for (const [index, seller] of program.sellers.entries()) {
    const standing = await standingOf(seller.client, program.dealId);
    const [holding] = (await seller.client.get<Holding[]>('/api/holdings/my')).filter((each) => !each.acquiredInDealId);
    const expected = (plan.sellers[index]?.owns ?? 0) - standing.allocated;
    if (holding?.quantity !== expected || holding.reservedQuantity !== 0) {
      throw new Error(
        `${seller.fullName} holds ${holding?.quantity} (${holding?.reservedQuantity} reserved), not ${expected}`,
      );
    }
    const received = paymentsTo(items, await seller.client.userId(), 'payout');
    requireStatus(seller.fullName, standing, 'paid');
    if (received !== standing.allocated * price) throw new Error(`${seller.fullName} received ${received} cents`);
    sold += standing.allocated;
    after += holding.quantity;
    paid += received;
    lines.push(
      `  ${seller.fullName.padEnd(16)} sold   ${String(standing.allocated).padStart(7)}   received ${dollars(received)}`,
    );
  }
  for (const buyer of program.buyers) {
    const standing = await standingOf(buyer.client, program.dealId);
    const holdings = (await buyer.client.get<Holding[]>('/api/holdings/my')).filter(
      (each) => each.acquiredInDealId === program.dealId,
    );
    const holds = holdings.reduce((sum, each) => sum + each.quantity, 0);
    requireStatus(buyer.fullName, standing, 'complete');
    if (holds !== standing.allocated) throw new Error(`${buyer.fullName} holds ${holds}, bought ${standing.allocated}`);
    bought += standing.allocated;
    after += holds;
    const spent = standing.allocated * price;
    lines.push(`  ${buyer.fullName.padEnd(16)} bought ${String(holds).padStart(7)}   paid     ${dollars(spent)}`);
  }
  const before = plan.sellers.reduce((sum, each) => sum + each.owns, 0);
  if (sold !== bought) throw new Error(`${sold} shares sold, ${bought} bought`);
  if (before !== after) throw new Error(`${before} shares before, ${after} after`);
  if (paid !== paidOut || paid !== sold * price) throw new Error(`${paid} cents reached sellers for ${sold} shares`);
  lines.push('', `  wired in ${dollars(wired)} = paid out ${dollars(paidOut)} + refunded ${dollars(refunded)}`);
  lines.push(`  shares   ${before} before = ${after} after, ${sold} changed hands`);
  return {
    wiredCents: wired,
    paidOutCents: paidOut,
    refundedCents: refunded,
    sharesBefore: before,
    sharesAfter: after,
    sharesSold: sold,
    lines,
  };
}

async function standingOf(client: Client, dealId: string) {
  interface Standing {
    status: string;
    amounts: { sharesAllocated: number };
  }
  const { status, amounts } = await client.get<Standing>(`/api/deals/${dealId}/status`);
  return { status, allocated: amounts.sharesAllocated };
}

function requireStatus(who: string, standing: { status: string; allocated: number }, done: string): void {
  const expected = standing.allocated > 0 ? done : 'cancelled';
  if (standing.status !== expected) throw new Error(`${who} is ${standing.status}, not ${expected}`);
}

function paymentsTo(items: Payment[], userId: string, purpose: string): number {
  return items
    .filter((each) => each.userId === userId && each.purpose === purpose)
    .reduce((sum, each) => sum + cents(each.confirmedAmount), 0);
}
