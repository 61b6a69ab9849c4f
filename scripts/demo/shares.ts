// Secondary shares: an open deal with people in every stage of review, and an older one that is closed to the last cent.
import type { Person } from '../../e2e/program/people.ts';
import {
  approveCommitment,
  approveOffer,
  commitFunds,
  fundAll,
  lockProgram,
  offerShares,
  type Program,
  type ProgramPlan,
  settleProgram,
  signAll,
} from '../../e2e/program/program.ts';
import { heliosDeal } from '../demo-world.ts';
import { type DemoPerson, enter, extras, leads } from './cast.ts';
import type { Scene, Stage } from './stage.ts';

const day = 24 * 3_600_000;

interface Deal {
  dealId: string;
  companyId: string;
  name: string;
}

/** The demo buyer is not in it, so that there is a deal left to commit to. */
export const openDeal: Scene = {
  name: 'the open deal',
  async play(stage) {
    const { items } = await stage.operator.get<{ items: Deal[] }>('/api/admin/deals?status=open&limit=200');
    const deal = items.find((each) => each.name === heliosDeal);
    if (!deal) throw new Error(`there is no open deal named ${heliosDeal}`);
    const { sellers, buyers } = extras;
    await offer(stage, deal, leads.seller, { owns: 20_000, offers: 12_000, minimumPrice: 11.5 }, 'approved');
    await offer(stage, deal, sellers.marta, { owns: 45_000, offers: 30_000 }, 'approved');
    await offer(stage, deal, sellers.daniel, { owns: 15_000, offers: 15_000, minimumPrice: 12.25 }, 'to be reviewed');
    await offer(stage, deal, sellers.yuki, { owns: 9_000, offers: 4_500 }, 'to be reviewed');
    await commit(stage, deal, buyers.thomas, 300_000, 'approved');
    await commit(stage, deal, buyers.amara, 175_000, 'approved');
    await commit(stage, deal, buyers.ines, 60_000, 'to be reviewed');
  },
};

type Review = 'approved' | 'to be reviewed';
type Offer = Parameters<typeof offerShares>[3];

async function offer(stage: Stage, { dealId, companyId }: Deal, who: DemoPerson, plan: Offer, review: Review) {
  const person = await enter(stage.baseUrl, who);
  if (await takesPart(person, 'participations', dealId)) return;
  const made = await offerShares(person, companyId, dealId, plan);
  if (review === 'approved') await approveOffer(stage.operator, made, plan.offers);
}

async function commit(stage: Stage, { dealId }: Deal, who: DemoPerson, amount: number, review: Review) {
  const person = await enter(stage.baseUrl, who);
  if (await takesPart(person, 'commitments', dealId)) return;
  const made = await commitFunds(person, dealId, amount);
  if (review === 'approved') await approveCommitment(stage.operator, made);
}

async function takesPart({ client }: Person, as: 'participations' | 'commitments', dealId: string): Promise<boolean> {
  const mine = await client.get<{ dealId: string }[]>(`/api/${as}/my`);
  return mine.some((each) => each.dealId === dealId);
}

const { marta } = extras.sellers;
const { thomas } = extras.buyers;
const closedSellers = [
  { who: leads.seller, fullName: leads.seller.fullName, owns: 8_000, offers: 5_000 },
  { who: marta, fullName: marta.fullName, owns: 6_500, offers: 4_000, minimumPrice: 17.5 },
];
const closedBuyers = [
  { who: leads.buyer, fullName: leads.buyer.fullName, commits: 90_000 },
  { who: thomas, fullName: thomas.fullName, commits: 110_000, wires: 'over' as const },
];
const closedPlan: ProgramPlan = { price: 18.4, targetShares: 9_000, sellers: closedSellers, buyers: closedBuyers };

/** Sold, signed, wired, released and paid; one wire came in over and its surplus went back. */
export const closedDeal: Scene = {
  name: 'the closed deal',
  async play(stage) {
    const { baseUrl, operator } = stage;
    const { dealId, companyId } = await openMeridian(stage);
    const sellers = await Promise.all(
      closedSellers.map(async ({ who, ...plan }) => {
        const person = await enter(baseUrl, who);
        const made = await offerShares(person, companyId, dealId, plan);
        await approveOffer(operator, made, plan.offers);
        return { ...person, ...made };
      }),
    );
    const buyers = await Promise.all(
      closedBuyers.map(async ({ who, commits }) => {
        const person = await enter(baseUrl, who);
        const made = await commitFunds(person, dealId, commits);
        await approveCommitment(operator, made);
        return { ...person, ...made };
      }),
    );
    const program: Program = { dealId, companyId, sellers, buyers };
    await lockProgram(operator, program, closedPlan);
    await signAll(program);
    await fundAll(operator, program, closedPlan);
    await settleProgram(operator, program);
  },
};

async function openMeridian({ operator }: Stage): Promise<Deal> {
  const company = { name: 'Meridian Optics', legalName: 'Meridian Optics, Inc.' };
  const companies = await operator.get<{ companyId: string; name: string }[]>('/api/companies');
  const known = companies.find((each) => each.name === company.name);
  const { companyId } = known ?? (await operator.post<{ companyId: string }>('/api/admin/companies', company));
  const name = 'Meridian founders and early employees tender';
  const { dealId } = await operator.post<{ dealId: string }>('/api/admin/deals', {
    ...{ companyId, name, targetShares: closedPlan.targetShares, currency: 'USD' },
    ...{ priceMin: 16, priceMax: 20, minimumTicket: 10_000, maximumTicket: 250_000 },
    opensAt: new Date(Date.now() - 60 * day).toISOString(),
    closesAt: new Date(Date.now() + day).toISOString(),
  });
  await operator.post(`/api/admin/deals/${dealId}/open`);
  return { dealId, companyId, name };
}
