import { randomUUID } from 'node:crypto';
import type { Client } from './client.ts';
import { type Person, registerPerson, until } from './people.ts';

/** A liquidity program to play: who offers and commits what, and the price it clears at. */
export interface ProgramPlan {
  sellers: { fullName: string; owns: number; offers: number; minimumPrice?: number }[];
  buyers: { fullName: string; commits: number; wires?: 'exact' | 'short' | 'over' | 'twice' }[];
  targetShares: number;
  price: number;
}

export interface Program {
  dealId: string;
  companyId: string;
  sellers: (Person & { holdingId: string; participationId: string })[];
  buyers: (Person & { accreditationId: string; commitmentId: string })[];
}

export interface Payment {
  paymentId: string;
  dealId: string;
  type: 'incoming' | 'outgoing';
  purpose: 'funding' | 'payout' | 'refund';
  amount: number;
  confirmedAmount: number;
  remainingAmount: number;
  surplusAmount: number;
  status: string;
  currency: string;
  reference: string;
  userId?: string;
}

interface Document {
  documentId: string;
  dealId: string | null;
  type: string;
  needsMySignature: boolean;
}

export type Say = (line: string) => void;
const quiet: Say = () => {};
const currency = 'USD';

/** Intake: a company, an open deal, verified holdings, offers and commitments approved. */
export async function openProgram(
  baseUrl: string,
  operator: Client,
  plan: ProgramPlan,
  say: Say = quiet,
): Promise<Program> {
  const company = await operator.post<{ companyId: string }>('/api/admin/companies', {
    name: `Northwind Robotics ${randomUUID().slice(0, 8)}`,
    legalName: 'Northwind Robotics, Inc.',
  });
  const { dealId } = await operator.post<{ dealId: string }>('/api/admin/deals', {
    companyId: company.companyId,
    name: 'Northwind liquidity program',
    targetShares: plan.targetShares,
    priceMin: plan.price - 2,
    priceMax: plan.price + 2,
    currency,
    minimumTicket: 1_000,
    maximumTicket: 5_000_000,
    opensAt: new Date(Date.now() - 60_000).toISOString(),
    closesAt: new Date(Date.now() + 45 * 24 * 3_600_000).toISOString(),
  });
  await operator.post(`/api/admin/deals/${dealId}/open`);
  say(`Deal ${dealId} is open.`);
  const sellers = await Promise.all(
    plan.sellers.map((each) => joinAsSeller(baseUrl, operator, company.companyId, dealId, each)),
  );
  say(`${sellers.length} sellers offered their shares; the operator verified and approved them.`);
  const buyers = await Promise.all(plan.buyers.map((each) => joinAsBuyer(baseUrl, operator, dealId, each)));
  say(`${buyers.length} accredited buyers committed funds; the operator approved them.`);
  return { dealId, companyId: company.companyId, sellers, buyers };
}

async function joinAsSeller(
  baseUrl: string,
  operator: Client,
  companyId: string,
  dealId: string,
  plan: ProgramPlan['sellers'][number],
): Promise<Program['sellers'][number]> {
  const person = await registerPerson(baseUrl, 'seller', plan.fullName);
  const offer = await offerShares(person, companyId, dealId, plan);
  await approveOffer(operator, offer, plan.offers);
  return { ...person, ...offer };
}

/** A seller's shares with their certificate, offered in an open deal; the operator has not seen either yet. */
export async function offerShares(
  person: Person,
  companyId: string,
  dealId: string,
  plan: Omit<ProgramPlan['sellers'][number], 'fullName'>,
): Promise<{ holdingId: string; participationId: string }> {
  const { holdingId } = await person.client.post<{ holdingId: string }>('/api/holdings', {
    companyId,
    shareType: 'common',
    quantity: plan.owns,
  });
  await person.client.upload(
    `/api/holdings/${holdingId}/documents`,
    'certificate.txt',
    `Certificate of ${plan.owns} shares`,
  );
  const { participationId } = await person.client.post<{ participationId: string }>(
    `/api/deals/${dealId}/participate`,
    {
      holdingId,
      sharesToSell: plan.offers,
      ...(plan.minimumPrice === undefined ? {} : { minimumPrice: plan.minimumPrice }),
      acceptTerms: true,
    },
  );
  return { holdingId, participationId };
}

/** The operator verifies the shares and approves the offer. */
export async function approveOffer(
  operator: Client,
  { holdingId, participationId }: { holdingId: string; participationId: string },
  approvedShares: number,
): Promise<void> {
  await operator.put(`/api/admin/holdings/${holdingId}/verify`, { verified: true, notes: 'Matches the cap table.' });
  await operator.put(`/api/admin/participations/${participationId}`, { status: 'approved', approvedShares });
}

async function joinAsBuyer(
  baseUrl: string,
  operator: Client,
  dealId: string,
  plan: ProgramPlan['buyers'][number],
): Promise<Program['buyers'][number]> {
  const person = await registerPerson(baseUrl, 'buyer', plan.fullName);
  const commitment = await commitFunds(person, dealId, plan.commits);
  await approveCommitment(operator, commitment);
  return { ...person, ...commitment };
}

/** A buyer's attestation with its evidence and a commitment to an open deal; the operator has not seen either yet. */
export async function commitFunds(
  person: Person,
  dealId: string,
  commitmentAmount: number,
): Promise<{ accreditationId: string; commitmentId: string }> {
  const { accreditationId } = await person.client.post<{ accreditationId: string }>('/api/accreditations', {
    basis: 'net_worth',
    attestation: true,
  });
  await person.client.upload(
    `/api/accreditations/${accreditationId}/documents`,
    'statement.txt',
    'Net worth above the bar',
  );
  const { commitmentId } = await person.client.post<{ commitmentId: string }>(`/api/deals/${dealId}/commit`, {
    commitmentAmount,
    accreditationId,
    acceptTerms: true,
  });
  return { accreditationId, commitmentId };
}

/** The operator verifies the accreditation and approves the commitment. */
export async function approveCommitment(
  operator: Client,
  { accreditationId, commitmentId }: { accreditationId: string; commitmentId: string },
): Promise<void> {
  await operator.put(`/api/admin/accreditations/${accreditationId}`, { status: 'verified', notes: 'Letter on file.' });
  await operator.put(`/api/admin/commitments/${commitmentId}`, { status: 'approved' });
}

/** Allocation: previewed, checked to match on both sides, applied and locked. Answers the shares and the amount. */
export async function lockProgram(operator: Client, program: Program, plan: ProgramPlan, say: Say = quiet) {
  interface Preview {
    totalShares: number;
    totalAmount: number;
    participations: { allocatedShares: number; proceeds: number }[];
    commitments: { allocatedShares: number; allocatedAmount: number }[];
  }
  const path = `/api/admin/deals/${program.dealId}`;
  const preview = await operator.post<Preview>(`${path}/allocate`, { price: plan.price, rule: 'pro-rata' });
  const sum = (numbers: number[]) => numbers.reduce((total, each) => total + each, 0);
  const cents = (numbers: number[]) => sum(numbers.map((each) => Math.round(each * 100)));
  const sold = sum(preview.participations.map((each) => each.allocatedShares));
  const bought = sum(preview.commitments.map((each) => each.allocatedShares));
  const owed = cents(preview.participations.map((each) => each.proceeds));
  const paid = cents(preview.commitments.map((each) => each.allocatedAmount));
  if (sold !== bought || owed !== paid || paid !== Math.round(preview.totalAmount * 100)) {
    throw new Error(`the allocation does not match: ${sold}/${bought} shares, ${owed}/${paid} cents`);
  }
  await operator.post(`${path}/allocate`, { price: plan.price, rule: 'pro-rata', apply: true });
  await operator.post(`${path}/lock`);
  say(`Allocated ${preview.totalShares} shares for USD ${preview.totalAmount.toLocaleString('en-US')} and locked.`);
  return { shares: preview.totalShares, amount: preview.totalAmount };
}

/** Everybody reads and signs everything that waits for them. */
export async function signAll(program: Program, say: Say = quiet): Promise<number> {
  const signed = await Promise.all(
    [...program.sellers, ...program.buyers].map((person) => signOwn(program.dealId, person)),
  );
  const total = signed.reduce((sum, each) => sum + each, 0);
  say(`${total} signatures on the purchase agreements.`);
  return total;
}

async function signOwn(dealId: string, person: Person): Promise<number> {
  const status = await person.client.get<{ agreements: unknown[] }>(`/api/deals/${dealId}/status`);
  const pending = await until(`agreements for ${person.fullName}`, async () => {
    const mine = await person.client.get<Document[]>('/api/documents/my');
    const agreements = mine.filter((each) => each.dealId === dealId && each.type === 'purchase_agreement');
    return agreements.length >= status.agreements.length && agreements;
  });
  for (const each of pending.filter((document) => document.needsMySignature)) {
    const pdf = await person.client.bytes(`/api/documents/${each.documentId}`);
    if (!pdf.subarray(0, 5).equals(Buffer.from('%PDF-'))) throw new Error(`document ${each.documentId} is not a PDF`);
    await person.client.post(`/api/documents/${each.documentId}/sign`, { fullName: person.fullName, consent: true });
  }
  return pending.length;
}

/** Every buyer with an allocation wires; the operator books what the bank shows, also short, over and twice. */
export async function fundAll(operator: Client, program: Program, plan: ProgramPlan, say: Say = quiet): Promise<void> {
  await Promise.all(
    program.buyers.map(async (buyer, index) => {
      const standing = await buyer.client.get<{ status: string }>(`/api/deals/${program.dealId}/status`);
      if (standing.status === 'cancelled') return;
      const payment = await until(`wire instructions for ${buyer.fullName}`, async () => {
        const mine = await buyer.client.get<Payment[]>('/api/payments/my');
        return mine.find((each) => each.dealId === program.dealId && each.purpose === 'funding');
      });
      const manner = plan.buyers[index]?.wires ?? 'exact';
      for (const wire of wiresFor(manner, payment, randomUUID().slice(0, 8).toUpperCase())) {
        await operator.post(`/api/admin/payments/${payment.paymentId}/confirm`, wire);
      }
      if (manner !== 'exact') say(`${buyer.fullName}'s wire came in ${manner}; it was booked and shown, nothing lost.`);
    }),
  );
  say('All wires are in escrow.');
}

function wiresFor(manner: 'exact' | 'short' | 'over' | 'twice', payment: Payment, bankReference: string) {
  const wireReference = `FED-${bankReference}`;
  const exact = { amount: payment.amount, wireReference };
  if (manner === 'short') {
    const rest = Math.round((payment.amount - 100) * 100) / 100;
    return [
      { amount: 100, wireReference },
      { amount: rest, wireReference: `${wireReference}-B` },
    ];
  }
  if (manner === 'over') return [{ amount: Math.round((payment.amount + 250.25) * 100) / 100, wireReference }];
  return manner === 'twice' ? [exact, exact] : [exact];
}

/** The operator confirms every payout and refund that is due until the deal is settled, then closes it. */
export async function settleProgram(operator: Client, program: Program, say: Say = quiet): Promise<void> {
  const path = `/api/admin/deals/${program.dealId}`;
  await until('the release', async () => {
    const { settlement } = await operator.get<{ settlement: { state: string } | null }>(path);
    return settlement?.state === 'paying_out' || settlement?.state === 'settled';
  });
  say('Escrow is released to the sellers.');
  await confirmOutgoing(operator, program.dealId);
  await until('the settlement', async () => (await operator.get<{ status: string }>(path)).status === 'settled');
  say('Every payout left the bank; the shares changed hands.');
  await operator.post(`${path}/close`);
  say('The deal is closed.');
}

/** Confirms all outgoing payments of a deal that are pending; answers how many. */
export async function confirmOutgoing(operator: Client, dealId: string): Promise<number> {
  const { items } = await operator.get<{ items: Payment[] }>(
    `/api/admin/payments?dealId=${dealId}&type=outgoing&limit=200`,
  );
  const pending = items.filter((each) => each.status === 'pending');
  for (const each of pending) {
    const wire = { amount: each.amount, wireReference: `OUT-${each.reference}` };
    await operator.post(`/api/admin/payments/${each.paymentId}/confirm`, wire);
  }
  return pending.length;
}
