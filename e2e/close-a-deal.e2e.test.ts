import { readFileSync } from 'node:fs';
import { DealsServiceClient, type ListActiveDealsResponse } from '@clearlot/proto/deals/v1/deals';
import { credentials, Metadata } from '@grpc/grpc-js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiTypes, apiTypesFile } from '../scripts/web/api-types.ts';
import { auditProgram } from './program/audit.ts';
import { createClient, signedIn } from './program/client.ts';
import { checkLetters } from './program/letters.ts';
import { registerPerson, until } from './program/people.ts';
import { fullPlan, smallPlan } from './program/plans.ts';
import { type RaisedPlatform, raisePlatform } from './program/platform.ts';
import {
  confirmOutgoing,
  fundAll,
  lockProgram,
  openProgram,
  type Payment,
  type Program,
  settleProgram,
  signAll,
} from './program/program.ts';

let raised: RaisedPlatform;
let program: Program;
beforeAll(async () => {
  raised = await raisePlatform({});
});
afterAll(() => raised.stop());

const allocated = (people: Program) => {
  const unmet = new Set(people.sellers.filter((each) => each.fullName === 'Hugo Brandt').map((each) => each.email));
  return (email: string) => !unmet.has(email);
};

describe('a liquidity program of ten sellers and ten buyers', () => {
  it('goes from intake to closed, to the cent and to the share', async () => {
    const { operator, url } = raised;
    program = await openProgram(url, operator, fullPlan);
    const { shares, amount } = await lockProgram(operator, program, fullPlan);
    await signAll(program);
    await fundAll(operator, program, fullPlan);
    await settleProgram(operator, program);
    await confirmOutgoing(operator, program.dealId);
    const flow = await auditProgram(operator, program, fullPlan);
    expect(flow.sharesSold).toBe(shares);
    expect(flow.paidOutCents).toBe(Math.round(amount * 100));
    expect(flow.refundedCents).toBe(25_025);
  });

  it('sent each of the six e-mails once to each person it concerns', async () => {
    await checkLetters(raised.platform, program, allocated(program));
  });

  it('shows everybody the whole timeline of their part', async () => {
    interface Status {
      role: string;
      status: string;
      timeline: { subjectType: string; status: string; at: string }[];
    }
    const path = `/api/deals/${program.dealId}/status`;
    const seller = await program.sellers[0]?.client.get<Status>(path);
    const own = (status: Status | undefined, type: string) =>
      status?.timeline.filter((step) => step.subjectType === type).map((step) => step.status);
    expect(own(seller, 'participation')).toEqual([
      'submitted',
      'verified',
      'approved',
      'allocated',
      'docs_signed',
      'paid',
    ]);
    const buyer = await program.buyers[0]?.client.get<Status>(path);
    expect(own(buyer, 'commitment')).toEqual([
      'submitted',
      'approved',
      'allocated',
      'docs_signed',
      'funded',
      'complete',
    ]);
    expect(own(buyer, 'deal')).toEqual(['open', 'allocated', 'locked', 'settled', 'closed']);
    const unmet = program.sellers.find((each) => each.fullName === 'Hugo Brandt');
    expect((await unmet?.client.get<Status>(path))?.status).toBe('cancelled');
  });

  it('exports three registers and an audit trail that names who, what, old, new and when', async () => {
    const csv = async (register: string) =>
      String(await raised.operator.bytes(`/api/admin/deals/${program.dealId}/export/${register}.csv`))
        .trim()
        .split('\r\n');
    expect(await csv('participants')).toHaveLength(21);
    expect((await csv('allocations')).length).toBeGreaterThan(10);
    // Ten wires, one of them in two parts, one booked twice; nine payouts; one refund.
    expect(await csv('payments')).toHaveLength(1 + 12 + 9 + 1);
    const { participationId } = program.sellers[0] ?? { participationId: '' };
    interface Trail {
      items: {
        actor: string;
        action: string;
        oldValue: { status?: string } | null;
        newValue: { status?: string };
        at: string;
      }[];
    }
    const trail = await raised.operator.get<Trail>(
      `/api/admin/audit?entityType=participation&entityId=${participationId}`,
    );
    const paid = trail.items.find((item) => item.action === 'participation.paid');
    expect([paid?.actor, paid?.oldValue?.status, paid?.newValue.status]).toEqual([
      'deals.on-payout-confirmed',
      'docs_signed',
      'paid',
    ]);
  });

  it('is still there after the platform was stopped and started', async () => {
    await raised.restart();
    const deal = await raised.operator.get<{ status: string }>(`/api/admin/deals/${program.dealId}`);
    expect(deal.status).toBe('closed');
    await auditProgram(raised.operator, program, fullPlan);
  });
});

describe('a deal that is called off', () => {
  it('after some wires came in gives the money back and frees the shares', async () => {
    const { operator, url } = raised;
    const deal = await openProgram(url, operator, smallPlan);
    await lockProgram(operator, deal, smallPlan);
    await signAll(deal);
    const buyer = deal.buyers[0];
    if (!buyer) throw new Error('no buyer');
    const payment = await until('wire instructions', async () =>
      (await buyer.client.get<Payment[]>('/api/payments/my')).find((each) => each.dealId === deal.dealId),
    );
    await operator.post(`/api/admin/payments/${payment.paymentId}/confirm`, {
      amount: payment.amount,
      wireReference: 'FED-CANCEL',
    });
    await operator.post(`/api/admin/deals/${deal.dealId}/cancel`, { reason: 'The company withdrew its consent.' });
    const refund = await until('the refund', async () =>
      (await buyer.client.get<Payment[]>('/api/payments/my')).find(
        (each) => each.dealId === deal.dealId && each.purpose === 'refund',
      ),
    );
    expect(refund.amount).toBe(payment.amount);
    expect(await confirmOutgoing(operator, deal.dealId)).toBe(1);
    const [holding] = (await deal.sellers[0]?.client.get<{ reservedQuantity: number }[]>('/api/holdings/my')) ?? [];
    expect(holding?.reservedQuantity).toBe(0);
    await until('voided agreements', async () => {
      const mine = await buyer.client.get<{ dealId: string; status: string }[]>('/api/documents/my');
      return mine.filter((each) => each.dealId === deal.dealId).every((each) => each.status === 'voided');
    });
  });
});

describe('the gateway', () => {
  it('replays a write with the same Idempotency-Key, refuses another body under it, and answers both alike under load', async () => {
    const { url, operator } = raised;
    const { client } = await registerPerson(url, 'seller', 'Idris Young');
    const [company] = await operator.get<{ companyId: string }[]>('/api/companies');
    const body = { companyId: company?.companyId, shareType: 'common', quantity: 10 };
    const headers = { 'idempotency-key': 'holding-1' };
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => client.send<{ holdingId: string }>('POST', '/api/holdings', body, headers)),
    );
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([201]));
    expect(new Set(answers.map((answer) => answer.body.holdingId)).size).toBe(1);
    const other = await client.send('POST', '/api/holdings', { ...body, quantity: 11 }, headers);
    expect([other.status, other.body.code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
    expect(await client.get<unknown[]>('/api/holdings/my')).toHaveLength(1);
  });

  it('serves one API document of all services, and probes and metrics on every process', async () => {
    const document = (await (await fetch(`${raised.url}/api/openapi.json`)).json()) as {
      paths: Record<string, unknown>;
    };
    for (const path of [
      '/api/auth/login',
      '/api/deals/{id}/commit',
      '/api/admin/payments/{id}/confirm',
      '/api/documents/{id}/sign',
    ]) {
      expect(Object.keys(document.paths)).toContain(path);
    }
    expect((await fetch(`${raised.url}/api/docs`)).status).toBe(200);
    for (const { httpUrl } of raised.platform.processes) {
      for (const path of ['/healthz', '/readyz', '/metrics']) expect((await fetch(httpUrl + path)).status).toBe(200);
    }
  });

  it('is what the types of the web app say it is', async () => {
    const document = await (await fetch(`${raised.url}/api/openapi.json`)).text();
    // When this fails: `npm run generate:api` against a running platform.
    expect((await apiTypes(document)) === readFileSync(apiTypesFile, 'utf8')).toBe(true);
  });

  it('keeps a browser signed in by a cookie that scripts cannot read, and refuses its writes from other sites', async () => {
    const { url } = raised;
    const person = await registerPerson(url, 'buyer', 'Yara Stone');
    const login = await fetch(`${url}/api/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-clearlot-session': 'cookie' },
      body: JSON.stringify({ email: person.email, password: 'correct horse battery staple' }),
    });
    const cookie = login.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^__Host-clearlot-session=.*HttpOnly; Secure; SameSite=Strict/);
    const session = cookie.split(';', 1)[0] ?? '';
    const mine = await fetch(`${url}/api/profile/me`, { headers: { cookie: session } });
    expect(((await mine.json()) as { fullName: string }).fullName).toBe('Yara Stone');
    const accredit = (origin: string) =>
      fetch(`${url}/api/accreditations`, {
        method: 'POST',
        headers: { cookie: session, origin, 'content-type': 'application/json' },
        body: JSON.stringify({ basis: 'income', attestation: true }),
      });
    expect((await accredit('https://evil.example')).status).toBe(403);
    expect((await accredit(url)).status).toBe(201);
  });

  it('ends a session everywhere within a second of the sign-out', async () => {
    const { url } = raised;
    const person = await registerPerson(url, 'buyer', 'Zoe Quick');
    const nobody = createClient(url, async () => undefined);
    const login = { email: person.email, password: 'correct horse battery staple' };
    const { accessToken, refreshToken } = await nobody.post<{ accessToken: string; refreshToken: string }>(
      '/api/auth/login',
      login,
    );
    const client = createClient(url, async () => accessToken);
    expect((await client.send('GET', '/api/deals/active')).status).toBe(200);
    await nobody.post('/api/auth/logout', { refreshToken });
    await until('the revocation', async () => (await client.send('GET', '/api/deals/active')).status === 401, 1_000);
  });
});

describe('a partner system', () => {
  it('reads deals by gRPC with its own token, and is refused without', async () => {
    const address = raised.process('deals').grpcAddress ?? '';
    const client = new DealsServiceClient(address, credentials.createInsecure());
    const person = await registerPerson(raised.url, 'buyer', 'Partner Pat');
    const login = { email: person.email, password: 'correct horse battery staple' };
    const nobody = createClient(raised.url, async () => undefined);
    const { accessToken } = await nobody.post<{ accessToken: string }>('/api/auth/login', login);
    const list = (token?: string) =>
      new Promise<ListActiveDealsResponse>((resolve, reject) => {
        const metadata = new Metadata();
        if (token) metadata.set('authorization', `Bearer ${token}`);
        client.listActiveDeals({}, metadata, (error, response) => (error ? reject(error) : resolve(response)));
      });
    const { deals } = await list(accessToken);
    expect(deals.map((deal) => deal.name)).toContain('Helios employee liquidity program');
    await expect(list()).rejects.toMatchObject({ code: 16 });
    client.close();
  });
});

describe('the demo accounts', () => {
  it('can sign in', async () => {
    for (const who of ['seller', 'buyer']) {
      const client = signedIn(raised.url, `${who}@clearlot.example`, 'clearlot demo 2026');
      expect((await client.get<{ role: string }>('/api/profile/me')).role).toBe(who);
    }
  });
});
