// What a first `npm start` puts into the empty platform: an operator, a company, an open deal and people to try it with.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createClient, Refused, signedIn } from '../e2e/program/client.ts';
import { root } from './checks/run.ts';
import { seedDemoMarket } from './demo-market.ts';

/** Published in the README: only ever used by the embedded stack. */
export const demoPassword = 'clearlot demo 2026';
export const demoOperator = { email: 'admin@clearlot.example', password: demoPassword, role: 'operator' };
const people = [
  { email: 'seller@clearlot.example', fullName: 'Sam Seller', role: 'seller' },
  { email: 'buyer@clearlot.example', fullName: 'Bea Buyer', role: 'buyer' },
  { email: 'supplier@clearlot.example', fullName: 'Camila Rojas', role: 'supplier' },
  { email: 'supplier2@clearlot.example', fullName: 'Wei Zhang', role: 'supplier' },
  { email: 'supplier3@clearlot.example', fullName: 'Anna Schmidt', role: 'supplier' },
];

/** Makes sure of the demo world; running it again changes nothing. */
export async function seedDemoWorld(options: { gatewayUrl: string; identityEnvironment: NodeJS.ProcessEnv }) {
  const { gatewayUrl } = options;
  await createOperator(options.identityEnvironment);
  await Promise.all(people.map((person) => register(gatewayUrl, person)));
  const operator = signedIn(gatewayUrl, demoOperator.email, demoPassword);
  const as = (role: string) =>
    people.filter((each) => each.role === role).map(({ email }) => signedIn(gatewayUrl, email, demoPassword));
  const [buyer] = as('buyer');
  await openDemoDeal(operator);
  if (buyer) await seedBalance(operator, buyer);
  if (buyer) await seedDemoMarket(operator, buyer, as('supplier'));
  return { accounts: [demoOperator, ...people.map(({ email, role }) => ({ email, role, password: demoPassword }))] };
}

async function createOperator(environment: NodeJS.ProcessEnv): Promise<void> {
  const entry = join(root, 'services/identity/src/create-operator.ts');
  const operator = {
    OPERATOR_EMAIL: demoOperator.email,
    OPERATOR_PASSWORD: demoPassword,
    OPERATOR_NAME: 'Olivia Operator',
  };
  await promisify(execFile)(process.execPath, [entry], { env: { ...environment, ...operator } });
}

async function register(gatewayUrl: string, person: (typeof people)[number]): Promise<void> {
  try {
    const nobody = createClient(gatewayUrl, async () => undefined);
    await nobody.post('/api/auth/register', { ...person, password: demoPassword, acceptTerms: true });
  } catch (error) {
    if (!(error instanceof Refused && error.code === 'IDENTITY_EMAIL_TAKEN')) throw error;
  }
}

/** Money that the buyer may bid with: a wire that arrived, as any other. */
async function seedBalance(operator: ReturnType<typeof signedIn>, buyer: ReturnType<typeof signedIn>): Promise<void> {
  const { items } = await buyer.get<{ items: unknown[] }>('/api/payments/balances');
  if (items.length > 0) return;
  const asked = { currency: 'USD', amount: 250_000 };
  const { paymentId } = await buyer.post<{ paymentId: string }>('/api/payments/balances/top-ups', asked);
  const wire = { amount: asked.amount, wireReference: 'FED-DEMO-BALANCE' };
  await operator.post(`/api/admin/payments/${paymentId}/confirm`, wire);
}

async function openDemoDeal(operator: ReturnType<typeof signedIn>): Promise<void> {
  const name = 'Helios Materials';
  const companies = await operator.get<{ companyId: string; name: string }[]>('/api/companies');
  if (companies.some((each) => each.name === name)) return;
  const { companyId } = await operator.post<{ companyId: string }>('/api/admin/companies', {
    name,
    legalName: `${name}, Inc.`,
  });
  const { dealId } = await operator.post<{ dealId: string }>('/api/admin/deals', {
    companyId,
    name: 'Helios employee liquidity program',
    targetShares: 100_000,
    priceMin: 10,
    priceMax: 15,
    currency: 'USD',
    minimumTicket: 25_000,
    maximumTicket: 500_000,
    opensAt: new Date(Date.now() - 60_000).toISOString(),
    closesAt: new Date(Date.now() + 365 * 24 * 3_600_000).toISOString(),
  });
  await operator.post(`/api/admin/deals/${dealId}/open`);
}
