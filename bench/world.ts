import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId } from '@clearlot/kernel';
import { createVault } from '@clearlot/service';
import { freePort, type Platform, type PlatformOptions, startPlatform } from '@clearlot/stack';
import postgres from 'postgres';
import { type Client, signedIn } from '../e2e/program/client.ts';
import { demoOperator, seedDemoWorld } from '../scripts/demo-world.ts';
import { sealEmail, sealName } from '../services/identity/src/accounts/sealed-account.ts';
import { createAccessTokenIssuer } from '../services/identity/src/sessions/access-tokens.ts';

/** A buyer whose account and accreditation exist, without having gone through sign-up. */
export interface Buyer {
  userId: string;
  accreditationId: string;
}

/** A running platform with an operator, a company and people. */
export interface World {
  platform: Platform;
  operator: Client;
  companyId: string;
  buyers: Buyer[];
  /** Connects as superuser to a service's database, or to one of its own. */
  admin(database: 'identity' | 'deals' | 'marketplace'): postgres.Sql;
  /** The server's superuser. */
  adminUrl: string;
  openDeal(): Promise<string>;
  /** Access tokens of buyers, valid for the next five minutes. */
  mintTokens(buyers: readonly Buyer[]): Promise<string[]>;
  close(): Promise<void>;
}

/** Raises the platform as `npm start` does, in a folder of its own, with durable storage. */
export async function createWorld(
  buyerCount: number,
  log: (line: string) => void,
  replicas: NonNullable<PlatformOptions['replicas']> = 1,
): Promise<World> {
  const stateDir = mkdtempSync(join(tmpdir(), 'clearlot-bench-'));
  // PostgreSQL runs as another user when we are root and must be able to pass through.
  chmodSync(stateDir, 0o711);
  const [gatewayPort, mailboxPort] = [await freePort(), await freePort()];
  const platform = await startPlatform({ stateDir, gatewayPort, mailboxPort, log, replicas });
  const environment = platform.processes.find(({ name }) => name === 'identity')?.environment ?? {};
  await seedDemoWorld({ gatewayUrl: platform.gatewayUrl, identityEnvironment: environment });
  const operator = signedIn(platform.gatewayUrl, demoOperator.email, demoOperator.password);
  const [company] = await operator.get<{ companyId: string }[]>('/api/companies');
  const companyId = company?.companyId ?? '';
  const pools = new Map<string, postgres.Sql>();
  const admin: World['admin'] = (name) => {
    const known = pools.get(name) ?? postgres(platform.databases[name].adminUrl, { max: 2, onnotice() {} });
    pools.set(name, known);
    return known;
  };
  const buyers = await insertBuyers(admin('identity'), environment.PII_KEY ?? '', buyerCount);
  const issuer = createAccessTokenIssuer(JSON.parse(environment.ACCESS_TOKEN_KEY ?? '{}'));
  return {
    platform,
    operator,
    companyId,
    buyers,
    admin,
    adminUrl: platform.databases.deals.adminUrl,
    openDeal: () => openDeal(operator, companyId),
    mintTokens: (people) =>
      Promise.all(
        people.map(async ({ userId }) => {
          const now = new Date();
          const subject = { userId, sessionId: newId(), role: 'buyer', authenticatedAt: now };
          return (await issuer.mint(subject, now)).accessToken;
        }),
      ),
    async close() {
      await Promise.all([...pools.values()].map((pool) => pool.end()));
      await platform.stop();
      rmSync(stateDir, { recursive: true, force: true });
    },
  };
}

/** Accounts as registration writes them, less the password: hashing hundreds of those takes longer than the bench. */
async function insertBuyers(sql: postgres.Sql, piiKey: string, count: number): Promise<Buyer[]> {
  const vault = createVault(piiKey);
  const buyers = Array.from({ length: count }, () => ({ userId: newId(), accreditationId: newId() }));
  const now = new Date();
  await sql`insert into account ${sql(
    buyers.map(({ userId }, index) => ({
      id: userId,
      role: 'buyer',
      status: 'active',
      email: sealEmail(vault, userId, `buyer.${index}@bench.example`),
      full_name: sealName(vault, userId, `Bench Buyer ${index}`),
      created_at: now,
      updated_at: now,
    })),
  )}`;
  await sql`insert into accreditation ${sql(
    buyers.map(({ userId, accreditationId }) => ({
      id: accreditationId,
      user_id: userId,
      basis: 'net_worth',
      status: 'verified',
      attestation_version: 'bench',
      attested_at: now,
      decided_at: now,
      expires_at: new Date(now.getTime() + 90 * 24 * 3_600_000),
    })),
  )}`;
  return buyers;
}

async function openDeal(operator: Client, companyId: string): Promise<string> {
  const { dealId } = await operator.post<{ dealId: string }>('/api/admin/deals', {
    companyId,
    name: 'Bench liquidity program',
    targetShares: 1_000_000,
    priceMin: 10,
    priceMax: 12,
    currency: 'USD',
    minimumTicket: 1_000,
    maximumTicket: 5_000_000,
    opensAt: new Date(Date.now() - 60_000).toISOString(),
    closesAt: new Date(Date.now() + 24 * 3_600_000).toISOString(),
  });
  await operator.post(`/api/admin/deals/${dealId}/open`);
  return dealId;
}

/** Resolves when every event that deals and marketplace have committed is published. */
export async function drained({ admin }: World): Promise<void> {
  const isEmpty = async () => {
    const [deals] = await admin('deals')`select 1 from outbox where published_at is null limit 1`;
    const [market] = await admin('marketplace')`select 1 from outbox where published_at is null limit 1`;
    return deals === undefined && market === undefined;
  };
  while (!(await isEmpty())) await new Promise((resolve) => setTimeout(resolve, 10));
}

/** Resolves when no mail waits any more: sending goes on behind the requests that caused it. */
export async function mailed({ admin }: World): Promise<void> {
  const isSent = async () => {
    const [mail] = await admin('identity')`select 1 from mail where state in ('planned', 'sending') limit 1`;
    const [event] = await admin('deals')`select 1 from outbox where published_at is null limit 1`;
    return mail === undefined && event === undefined;
  };
  for (let quiet = 0; quiet < 3; ) {
    quiet = (await isSent()) ? quiet + 1 : 0;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
