import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, createClient } from './program/client.ts';
import { registerPerson, until } from './program/people.ts';
import { smallPlan } from './program/plans.ts';
import { type RaisedPlatform, raisePlatform } from './program/platform.ts';
import { lockProgram, openProgram, type Payment, type Program, signAll } from './program/program.ts';

let raised: RaisedPlatform;
let program: Program;
let locked: Program;
let payment: Payment;
let seller: Client;
let buyer: Client;
let stranger: Client;
const nobody = () => createClient(raised.url, async () => undefined);

beforeAll(async () => {
  raised = await raisePlatform({});
  program = await openProgram(raised.url, raised.operator, smallPlan);
  locked = await openProgram(raised.url, raised.operator, smallPlan);
  await lockProgram(raised.operator, locked, smallPlan);
  await signAll(locked);
  const lockedBuyer = locked.buyers[0];
  payment = await until('wire instructions', async () =>
    (await lockedBuyer?.client.get<Payment[]>('/api/payments/my'))?.find((each) => each.purpose === 'funding'),
  );
  seller = (await registerPerson(raised.url, 'seller', 'Sol Seller')).client;
  buyer = (await registerPerson(raised.url, 'buyer', 'Bo Buyer')).client;
  stranger = (await registerPerson(raised.url, 'buyer', 'Stra Nger')).client;
});
afterAll(() => raised.stop());

const missing = '0197a3a0-0000-7000-8000-000000000001';
const person = {
  email: 'new@people.example',
  password: 'correct horse battery staple',
  role: 'buyer',
  fullName: 'New Person',
  acceptTerms: true,
};

/** who, method, path, body, expected status, expected code */
type Case = [string, () => Client, string, () => string, () => unknown, number, string];
const none = () => undefined;
const holding = () => ({ companyId: program.companyId, shareType: 'common', quantity: 5 });
const commit = () => ({
  commitmentAmount: 5_000,
  accreditationId: program.buyers[0]?.accreditationId ?? '',
  acceptTerms: true,
});
const offer = () => ({ holdingId: program.sellers[0]?.holdingId ?? '', sharesToSell: 1, acceptTerms: true });
const first = () => program.sellers[0]?.client ?? seller;
const firstBuyer = () => program.buyers[0]?.client ?? buyer;
const op = () => raised.operator;
const deal =
  (suffix = '') =>
  () =>
    `/api/deals/${program.dealId}${suffix}`;
const lockedDeal =
  (suffix = '') =>
  () =>
    `/api/deals/${locked.dealId}${suffix}`;
const admin = (suffix: string) => () => `/api/admin/deals/${program.dealId}${suffix}`;
const at = (path: string) => () => path;
const confirm = () => `/api/admin/payments/${payment.paymentId}/confirm`;

const cases: Case[] = [
  [
    'registering without accepting the terms',
    nobody,
    'POST',
    at('/api/auth/register'),
    () => ({ ...person, acceptTerms: false }),
    400,
    'REQUEST_INVALID',
  ],
  [
    'registering as an operator',
    nobody,
    'POST',
    at('/api/auth/register'),
    () => ({ ...person, role: 'operator' }),
    400,
    'REQUEST_INVALID',
  ],
  [
    'registering with a weak password',
    nobody,
    'POST',
    at('/api/auth/register'),
    () => ({ ...person, password: 'password12' }),
    400,
    'IDENTITY_PASSWORD_WEAK',
  ],
  [
    'registering a taken address',
    nobody,
    'POST',
    at('/api/auth/register'),
    () => ({ ...person, email: 'BUYER@clearlot.example' }),
    409,
    'IDENTITY_EMAIL_TAKEN',
  ],
  [
    'signing in with a wrong password',
    nobody,
    'POST',
    at('/api/auth/login'),
    () => ({ email: 'nobody@people.example', password: 'wrong password' }),
    401,
    'IDENTITY_CREDENTIALS_INVALID',
  ],
  [
    'refreshing with a made-up token',
    nobody,
    'POST',
    at('/api/auth/refresh'),
    () => ({ refreshToken: 'x'.repeat(43) }),
    401,
    'IDENTITY_REFRESH_INVALID',
  ],
  ['anything without signing in', nobody, 'GET', at('/api/holdings/my'), none, 401, 'NOT_AUTHENTICATED'],
  ['an unknown address', nobody, 'GET', at('/api/nothing/here'), none, 404, 'ROUTE_NOT_FOUND'],
  [
    'an accreditation without the attestation',
    () => buyer,
    'POST',
    at('/api/accreditations'),
    () => ({ basis: 'income', attestation: false }),
    400,
    'REQUEST_INVALID',
  ],
  [
    'an accreditation on an unknown basis',
    () => buyer,
    'POST',
    at('/api/accreditations'),
    () => ({ basis: 'luck', attestation: true }),
    400,
    'REQUEST_INVALID',
  ],
  [
    'a holding of an unknown company',
    () => seller,
    'POST',
    at('/api/holdings'),
    () => ({ ...holding(), companyId: missing }),
    404,
    'DEALS_COMPANY_NOT_FOUND',
  ],
  [
    'a holding of no shares',
    () => seller,
    'POST',
    at('/api/holdings'),
    () => ({ ...holding(), quantity: 0 }),
    400,
    'REQUEST_INVALID',
  ],
  [
    'a holding of half a share',
    () => seller,
    'POST',
    at('/api/holdings'),
    () => ({ ...holding(), quantity: 0.5 }),
    400,
    'REQUEST_INVALID',
  ],
  [
    'offering without accepting the terms',
    first,
    'POST',
    deal('/participate'),
    () => ({ ...offer(), acceptTerms: false }),
    400,
    'REQUEST_INVALID',
  ],
  [
    "offering somebody else's holding",
    () => seller,
    'POST',
    deal('/participate'),
    offer,
    404,
    'DEALS_HOLDING_NOT_FOUND',
  ],
  ['offering a holding twice', first, 'POST', deal('/participate'), offer, 409, 'DEALS_PARTICIPATION_EXISTS'],
  ['offering as a buyer', () => buyer, 'POST', deal('/participate'), offer, 403, 'NOT_ALLOWED'],
  ['offering into a locked deal', first, 'POST', lockedDeal('/participate'), offer, 409, 'DEALS_DEAL_NOT_OPEN'],
  [
    'committing without accepting the terms',
    firstBuyer,
    'POST',
    deal('/commit'),
    () => ({ ...commit(), acceptTerms: false }),
    400,
    'REQUEST_INVALID',
  ],
  [
    'committing under the ticket',
    firstBuyer,
    'POST',
    deal('/commit'),
    () => ({ ...commit(), commitmentAmount: 999.99 }),
    422,
    'DEALS_COMMITMENT_BELOW_MINIMUM',
  ],
  [
    'committing over the ticket',
    firstBuyer,
    'POST',
    deal('/commit'),
    () => ({ ...commit(), commitmentAmount: 5_000_000.01 }),
    422,
    'DEALS_COMMITMENT_ABOVE_MAXIMUM',
  ],
  [
    'committing a fraction of a cent',
    firstBuyer,
    'POST',
    deal('/commit'),
    () => ({ ...commit(), commitmentAmount: 5_000.001 }),
    400,
    'MONEY_TOO_PRECISE',
  ],
  [
    'committing less than nothing',
    firstBuyer,
    'POST',
    deal('/commit'),
    () => ({ ...commit(), commitmentAmount: -1 }),
    400,
    'MONEY_INVALID',
  ],
  [
    "committing under somebody else's accreditation",
    () => buyer,
    'POST',
    deal('/commit'),
    commit,
    409,
    'DEALS_NOT_ELIGIBLE',
  ],
  ['committing twice', firstBuyer, 'POST', deal('/commit'), commit, 409, 'DEALS_COMMITMENT_EXISTS'],
  ['committing to a locked deal', firstBuyer, 'POST', lockedDeal('/commit'), commit, 409, 'DEALS_DEAL_NOT_OPEN'],
  [
    'committing to no deal',
    firstBuyer,
    'POST',
    at(`/api/deals/${missing}/commit`),
    commit,
    404,
    'DEALS_DEAL_NOT_FOUND',
  ],
  [
    "looking at somebody else's part in a deal",
    () => stranger,
    'GET',
    deal('/status'),
    none,
    404,
    'DEALS_DEAL_NOT_FOUND',
  ],
  [
    "withdrawing somebody else's commitment",
    () => stranger,
    'POST',
    () => `/api/commitments/${program.buyers[0]?.commitmentId}/withdraw`,
    none,
    404,
    'DEALS_COMMITMENT_NOT_FOUND',
  ],
  [
    'withdrawing after the lock',
    () => locked.buyers[0]?.client ?? buyer,
    'POST',
    () => `/api/commitments/${locked.buyers[0]?.commitmentId}/withdraw`,
    none,
    409,
    'DEALS_DEAL_NOT_OPEN',
  ],
  [
    "reading somebody else's payment",
    () => stranger,
    'GET',
    () => `/api/payments/${payment.paymentId}`,
    none,
    404,
    'PAYMENTS_PAYMENT_NOT_FOUND',
  ],
  ['an admin route as a buyer', () => buyer, 'GET', at('/api/admin/users'), none, 403, 'NOT_ALLOWED'],
  ['an admin route without signing in', nobody, 'GET', at('/api/admin/audit'), none, 401, 'NOT_AUTHENTICATED'],
  ['locking as a seller', first, 'POST', admin('/lock'), none, 403, 'NOT_ALLOWED'],
  [
    'confirming a payment as a buyer',
    () => buyer,
    'POST',
    confirm,
    () => ({ amount: 1, wireReference: 'X' }),
    403,
    'NOT_ALLOWED',
  ],
  ['confirming no amount', op, 'POST', confirm, () => ({ amount: 0, wireReference: 'X' }), 400, 'MONEY_INVALID'],
  [
    'confirming a payment there is not',
    op,
    'POST',
    at(`/api/admin/payments/${missing}/confirm`),
    () => ({ amount: 1, wireReference: 'X' }),
    404,
    'PAYMENTS_PAYMENT_NOT_FOUND',
  ],
  ['opening an open deal', op, 'POST', admin('/open'), none, 409, 'DEALS_DEAL_WRONG_STATUS'],
  ['locking without an allocation', op, 'POST', admin('/lock'), none, 409, 'DEALS_PRICE_NOT_SET'],
  ['closing an unsettled deal', op, 'POST', admin('/close'), none, 409, 'DEALS_NOT_SETTLED'],
  [
    'allocating outside the price range',
    op,
    'POST',
    admin('/allocate'),
    () => ({ price: 99, rule: 'pro-rata' }),
    400,
    'DEALS_PRICE_OUT_OF_RANGE',
  ],
  [
    'allocating by an unknown rule',
    op,
    'POST',
    admin('/allocate'),
    () => ({ price: 12.5, rule: 'lottery' }),
    400,
    'REQUEST_INVALID',
  ],
  [
    'approving more than was offered',
    op,
    'PUT',
    () => `/api/admin/participations/${program.sellers[0]?.participationId}`,
    () => ({ status: 'approved', approvedShares: 1_501 }),
    422,
    'DEALS_PARTICIPATION_EXCEEDS_REQUEST',
  ],
  ['a body that is not JSON', op, 'POST', admin('/allocate'), () => 'price', 400, 'REQUEST_INVALID'],
  ['a path id that is no id', op, 'GET', at('/api/admin/deals/1'), none, 400, 'REQUEST_INVALID'],
  ['a cursor that was not given out', op, 'GET', at('/api/admin/deals?cursor=bm8'), none, 400, 'CURSOR_INVALID'],
];

describe('bad input is refused with a clear problem', () => {
  it.each(cases)('%s', async (_what, who, method, path, body, status, code) => {
    const answer = await who().send(method, path(), body());
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(answer.body.detail).toBeTruthy();
    expect(answer.body.traceId).toMatch(/^[0-9a-f]{32}$/);
  });

  it('and nothing changed by any of it', async () => {
    const overview = await raised.operator.get<{ funnel: unknown; totals: unknown; status: string }>(
      `/api/admin/deals/${program.dealId}`,
    );
    expect(overview.funnel).toEqual({ participations: { approved: 2 }, commitments: { approved: 2 } });
    expect(overview.totals).toMatchObject({ sharesOffered: 2_500, amountCommitted: 35_000, amountAllocated: 0 });
    expect(overview.status).toBe('open');
    expect(await seller.get('/api/holdings/my')).toEqual([]);
    expect(await buyer.get('/api/accreditations/my')).toEqual([]);
    expect(await raised.operator.get(`/api/admin/payments/${payment.paymentId}`).catch(() => payment)).toMatchObject({
      status: 'pending',
    });
  });

  it('an offer over the holding says how many shares are available', async () => {
    const { client } = await registerPerson(raised.url, 'seller', 'Small Holder');
    const { holdingId } = await client.post<{ holdingId: string }>('/api/holdings', holding());
    const answer = await client.send('POST', deal('/participate')(), { holdingId, sharesToSell: 6, acceptTerms: true });
    expect([answer.status, answer.body.code]).toEqual([422, 'DEALS_PARTICIPATION_EXCEEDS_HOLDING']);
    expect(answer.body.errors).toEqual([{ pointer: '/sharesToSell', message: 'is over the 5 shares available' }]);
  });
});
