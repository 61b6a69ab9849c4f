import { randomUUID } from 'node:crypto';
import { type Person, until } from '../program/people.ts';
import type { Say } from '../program/program.ts';
import type { Supplier } from './market.ts';

/** What a supplier offers per tonne, and how much at most. */
export interface OfferPlan {
  price: number;
  incoterm: string;
  quantityKg: number;
  leadDays: number;
}

/** An RFQ with a response of each supplier, opened and evaluated. */
export interface Tender {
  rfqId: string;
  title: string;
  buyer: Person;
  suppliers: Supplier[];
}

export interface Award {
  awardId: string;
  items: { supplierId: string; lineId: string; quantityKg: number; amount: number }[];
}

const quiet: Say = () => {};
const day = 24 * 3_600_000;

/** One line of 100 t and one of 60 t, FOB or CIF; a response of each supplier on both. */
export function rfqOf(deadlineMs: number) {
  // One instant for all: terms that contradict each other by a millisecond are refused.
  const now = Date.now();
  const at = (ms: number) => new Date(now + ms).toISOString();
  const line = (lineId: string, quantityKg: number) => ({
    lineId,
    title: `Lithium carbonate, delivery ${lineId}`,
    productType: 'lithium_carbonate',
    grade: 'battery',
    limits: [
      { analyte: 'Li2CO3', unit: '%', min: 99.5 },
      { analyte: 'Na', unit: 'ppm', max: 250 },
    ],
    quantityKg,
    basis: 'dry',
    deliverFrom: at(30 * day),
    deliverTo: at(90 * day),
    adjustments: [{ analyte: 'Li2CO3', referencePpb: 995_000_000, stepPpb: 1_000_000, perStep: 10 }],
  });
  return {
    title: `Battery-grade carbonate ${randomUUID().slice(0, 8)}`,
    currency: 'USD',
    visibility: 'open',
    terms: {
      lines: [line('Q1', 100_000), line('Q2', 60_000)],
      incoterm: 'CIF',
      place: 'Antwerp',
      destinationCountry: 'BE',
      acceptedIncoterms: ['FOB', 'DDP'],
      deadlineAt: at(deadlineMs),
      questionsUntil: at(deadlineMs),
      decideBy: at(deadlineMs + 30 * day),
      standstillHours: 0,
      requiredCertificates: ['ISO9001'],
      criteria: [
        {
          criterionId: 'carbon',
          title: 'Carbon footprint, cradle to gate',
          options: [
            { value: 'low', title: 'under 5 t CO2e per tonne', sharePpm: 50_000 },
            { value: 'other', title: 'not stated', sharePpm: 0 },
          ],
        },
      ],
      costModel: {
        freight: [{ origin: '*', perTonne: 95 }],
        insurancePpm: 2_000,
        duty: [{ origin: 'CN', ratePpm: 55_000 }],
        financePpmPerYear: 60_000,
      },
    },
  };
}

export function contentOf(plan: OfferPlan, country: string) {
  const offer = (lineId: string) => ({
    offerId: `O-${lineId}`,
    lineId,
    quantityKg: plan.quantityKg,
    minKg: 20_000,
    price: plan.price,
    incoterm: plan.incoterm,
    originCountry: country,
    assay: [
      { analyte: 'Li2CO3', unit: '%', value: 99.6 },
      { analyte: 'Na', unit: 'ppm', value: 180 },
    ],
    leadDays: plan.leadDays,
  });
  return {
    kind: 'firm',
    validUntil: new Date(Date.now() + 90 * day).toISOString(),
    offers: [offer('Q1'), offer('Q2')],
    criteria: { carbon: country === 'CL' ? 'low' : 'other' },
    notes: 'Price valid for the whole quantity.',
  };
}

/** Publishes an RFQ, waits for the matched suppliers, hands in a sealed response of each and lets the deadline pass. */
export async function openTender(
  buyer: Person,
  suppliers: Supplier[],
  offers: readonly OfferPlan[],
  deadlineMs: number,
  say: Say = quiet,
): Promise<Tender> {
  const tender = await publishTender(buyer, suppliers, offers, rfqOf(deadlineMs), say);
  await evaluateAtDeadline(tender, say);
  return tender;
}

/** Publishes an RFQ, waits for the matched suppliers and hands in a sealed response of each. */
export async function publishTender(
  buyer: Person,
  suppliers: Supplier[],
  offers: readonly OfferPlan[],
  rfq: ReturnType<typeof rfqOf>,
  say: Say = quiet,
): Promise<Tender> {
  const { rfqId } = await buyer.client.post<{ rfqId: string }>('/api/rfqs', rfq);
  await buyer.client.post(`/api/rfqs/${rfqId}/publish`);
  say(`RFQ ${rfqId} is published.`);
  await until('the matched suppliers', async () => {
    const matches = await buyer.client.get<{ supplierId: string }[]>(`/api/rfqs/${rfqId}/matches`);
    const found = new Set(matches.map((each) => each.supplierId));
    return suppliers.every((each) => found.has(each.supplierId));
  });
  await Promise.all(
    suppliers.map(async (supplier, index) => {
      const plan = offers[index];
      if (!plan) return;
      const content = contentOf(plan, supplier.plan.country);
      await supplier.client.post(`/api/rfqs/${rfqId}/responses`, { rfqVersion: 1, content });
    }),
  );
  const early = await buyer.client.send('GET', `/api/rfqs/${rfqId}/responses`);
  if (early.status === 200) throw new Error('responses are readable before the deadline');
  say('Sealed responses are in; nobody can read them before the deadline.');
  return { rfqId, title: rfq.title, buyer, suppliers };
}

/** Waits until the deadline of a tender has passed, then opens and ranks its responses. */
export async function evaluateAtDeadline({ rfqId, buyer }: Tender, say: Say = quiet): Promise<void> {
  await until('the opening', async () => {
    const seen = await buyer.client.get<{ status: string }>(`/api/rfqs/${rfqId}`);
    return seen.status === 'closed';
  });
  await buyer.client.post(`/api/rfqs/${rfqId}/evaluate`);
  say('The deadline passed: the responses are open and ranked by landed cost and quality.');
}

/** Awards the optimal split with at most 70 % for one supplier and answers it. */
export async function awardTender(tender: Tender, say: Say = quiet): Promise<Award> {
  const { client } = tender.buyer;
  const choice = { mode: 'by_share', constraints: { shareMaxPpm: 700_000, suppliersMax: 2 } };
  const scenario = await client.post<{ amount: number }>(`/api/rfqs/${tender.rfqId}/scenarios`, choice);
  const award = await client.post<Award>(`/api/rfqs/${tender.rfqId}/award`, {
    ...choice,
    justification: 'Lowest landed cost with two sources.',
  });
  say(`Awarded ${award.items.length} parts, the cheapest split: USD ${scenario.amount.toLocaleString('en-US')}.`);
  return award;
}

interface Document {
  documentId: string;
  dealId: string | null;
  type: string;
  needsMySignature: boolean;
}

/** Both sides read and sign every contract of the tender; answers the orders that follow. */
export async function signContracts(tender: Tender, award: Award, say: Say = quiet): Promise<string[]> {
  const winners = new Set(award.items.map((each) => each.supplierId));
  const signers = [tender.buyer, ...tender.suppliers.filter((each) => winners.has(each.supplierId))];
  const contracts = await until('the contracts', async () => {
    const shown = await tender.buyer.client.get<{ contracts: { contractId: string; documentId: string | null }[] }>(
      `/api/rfqs/${tender.rfqId}/award`,
    );
    const issued = shown.contracts.filter((each) => each.documentId);
    return issued.length === winners.size && issued;
  });
  const ids = new Set(contracts.map((each) => each.documentId));
  for (const person of signers) {
    const mine = await person.client.get<Document[]>('/api/documents/my');
    for (const each of mine.filter((document) => ids.has(document.documentId) && document.needsMySignature)) {
      const pdf = await person.client.bytes(`/api/documents/${each.documentId}`);
      if (!pdf.subarray(0, 5).equals(Buffer.from('%PDF-'))) throw new Error(`${each.documentId} is not a PDF`);
      await person.client.post(`/api/documents/${each.documentId}/sign`, { fullName: person.fullName, consent: true });
    }
  }
  say(`${contracts.length} supply contracts are signed by both sides.`);
  return until('the orders', async () => {
    const { items } = await tender.buyer.client.get<{ items: { orderId: string; rfqId: string | null }[] }>(
      '/api/orders?limit=200',
    );
    const own = items.filter((each) => each.rfqId === tender.rfqId).map((each) => each.orderId);
    return own.length === winners.size && own;
  });
}
