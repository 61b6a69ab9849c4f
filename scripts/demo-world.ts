// What an empty platform needs before anything else: an operator, a company, an open deal and people to try it with. The
// tests stand on it too; what is there to be explored comes after it, from scripts/demo/.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Client } from '../e2e/program/client.ts';
import { root } from './checks/run.ts';
import { as, demoPassword, enter, leads } from './demo/cast.ts';
import { seedDemoMarket } from './demo-market.ts';

const operatorName = 'Olivia Operator';

export const demoOperator = { email: 'admin@clearlot.example', password: demoPassword, role: 'operator' };

const demoPeople = [leads.seller, leads.buyer, ...leads.suppliers];

/** Everybody of the demo world that one can sign in as; their passwords are no secret. */
export const demoAccounts = [
  { ...demoOperator, name: operatorName },
  ...demoPeople.map(({ fullName, email, role }) => ({ email, role, password: demoPassword, name: fullName })),
];

/** The company with the open deal. */
export const heliosName = 'Helios Materials';
export const heliosDeal = 'Helios employee liquidity program';

/** Makes sure of the demo world; running it again changes nothing. */
export async function seedDemoWorld(options: { gatewayUrl: string; identityEnvironment: NodeJS.ProcessEnv }) {
  const { gatewayUrl } = options;
  await createOperator(options.identityEnvironment);
  const [, buyer, ...suppliers] = await Promise.all([
    enter(gatewayUrl, leads.seller),
    enter(gatewayUrl, leads.buyer),
    ...leads.suppliers.map((each) => enter(gatewayUrl, each)),
  ]);
  const operator = as(gatewayUrl, demoOperator.email);
  await openDemoDeal(operator);
  await seedBalance(operator, buyer.client);
  await seedDemoMarket(
    operator,
    buyer.client,
    suppliers.map(({ client }) => client),
  );
  return { accounts: demoAccounts };
}

async function createOperator(environment: NodeJS.ProcessEnv): Promise<void> {
  const entry = join(root, 'services/identity/src/create-operator.ts');
  const operator = {
    OPERATOR_EMAIL: demoOperator.email,
    OPERATOR_PASSWORD: demoPassword,
    OPERATOR_NAME: operatorName,
  };
  await promisify(execFile)(process.execPath, [entry], { env: { ...environment, ...operator } });
}

/** Money that the buyer may bid with: a wire that arrived, as any other. */
async function seedBalance(operator: Client, buyer: Client): Promise<void> {
  const { items } = await buyer.get<{ items: unknown[] }>('/api/payments/balances');
  if (items.length > 0) return;
  const asked = { currency: 'USD', amount: 250_000 };
  const { paymentId } = await buyer.post<{ paymentId: string }>('/api/payments/balances/top-ups', asked);
  const wire = { amount: asked.amount, wireReference: 'FED-DEMO-BALANCE' };
  await operator.post(`/api/admin/payments/${paymentId}/confirm`, wire);
}

async function openDemoDeal(operator: Client): Promise<void> {
  const name = heliosName;
  const companies = await operator.get<{ companyId: string; name: string }[]>('/api/companies');
  if (companies.some((each) => each.name === name)) return;
  const { companyId } = await operator.post<{ companyId: string }>('/api/admin/companies', {
    name,
    legalName: `${name}, Inc.`,
  });
  const { dealId } = await operator.post<{ dealId: string }>('/api/admin/deals', {
    companyId,
    name: heliosDeal,
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
