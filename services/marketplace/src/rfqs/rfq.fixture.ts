import { events } from '@clearlot/proto/events';
import type { ResponseContentJson } from '../responses/content.ts';
import { startOfWorld, type World } from '../world.fixture.ts';
import type { RfqTermsJson } from './terms.ts';

type Buyer = ReturnType<World['buyer']>;
type Supplier = Awaited<ReturnType<World['verifiedSupplier']>>;

export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;

/** Terms with two lines, whose deadline is ten days from `now` and which are decided in thirty. */
export function termsFor(overrides: Partial<RfqTermsJson> = {}, now: Date = new Date(startOfWorld)): RfqTermsJson {
  const inDays = (days: number) => new Date(now.getTime() + days * dayMs).toISOString();
  const line = { deliverFrom: inDays(60), deliverTo: inDays(120) };
  return {
    lines: [
      {
        ...line,
        lineId: 'L1',
        title: 'Lithium carbonate, battery grade',
        productType: 'lithium_carbonate',
        grade: 'battery',
        limits: [
          { analyte: 'Li2CO3', unit: '%', min: 99.5 },
          { analyte: 'Na', unit: 'ppm', max: 250 },
        ],
        quantityKg: 100_000,
      },
      {
        ...line,
        lineId: 'L2',
        title: 'Lithium hydroxide monohydrate, battery grade',
        productType: 'lithium_hydroxide_monohydrate',
        grade: 'battery',
        limits: [{ analyte: 'LiOH', unit: '%', min: 56.5 }],
        quantityKg: 40_000,
      },
    ],
    incoterm: 'CIF',
    place: 'Antwerp',
    destinationCountry: 'DE',
    acceptedIncoterms: ['FOB'],
    deadlineAt: inDays(10),
    questionsUntil: inDays(7),
    decideBy: inDays(30),
    ...overrides,
  };
}

/** A firm response with an offer for every line, priced 12,000 per tonne and within the line's limits. */
export function contentFor(terms: RfqTermsJson, overrides: Partial<ResponseContentJson> = {}): ResponseContentJson {
  return {
    kind: 'firm',
    validUntil: terms.decideBy,
    offers: terms.lines.map((line) => ({
      offerId: `offer-${line.lineId}`,
      lineId: line.lineId,
      quantityKg: line.quantityKg,
      price: '12000.00',
      incoterm: terms.incoterm,
      originCountry: 'CL',
      assay: (line.limits ?? []).map(({ analyte, unit, min, max }) => ({ analyte, unit, value: min ?? max ?? 0 })),
      leadDays: 30,
    })),
    criteria: Object.fromEntries(
      (terms.criteria ?? []).map(({ criterionId, options }) => [criterionId, options[0]?.value ?? '']),
    ),
    otherCosts: Object.fromEntries((terms.otherCosts ?? []).map(({ costId }) => [costId, '10.00'])),
    ...overrides,
  };
}

/** A published RFQ in USD of a buyer; open to everybody unless suppliers are invited. */
export async function publishedRfq(
  world: World,
  options: {
    buyer?: Buyer;
    terms?: Partial<RfqTermsJson>;
    currency?: string;
    title?: string;
    invited?: readonly Supplier[];
  } = {},
) {
  const buyer = options.buyer ?? world.buyer();
  const terms = termsFor(options.terms, world.clock.now());
  const drafted = await buyer.post('/api/rfqs', {
    title: options.title ?? 'Carbonate and hydroxide for 2027',
    currency: options.currency ?? 'USD',
    visibility: options.invited ? 'invited' : 'open',
    terms,
    invitedSupplierIds: (options.invited ?? []).map(({ supplierId }) => supplierId),
  });
  if (drafted.status !== 201) throw new Error(JSON.stringify(drafted.body));
  const rfqId: string = drafted.body.rfqId;
  const published = await buyer.post(`/api/rfqs/${rfqId}/publish`);
  if (published.status !== 200) throw new Error(JSON.stringify(published.body));
  return { buyer, rfqId, terms };
}

/** A supplier's hand-in for version 1 of an RFQ, or for `rfqVersion`. Answers what the supplier is answered. */
export async function handIn(supplier: Supplier, rfqId: string, content: ResponseContentJson, rfqVersion = 1) {
  const answer = await supplier.post(`/api/rfqs/${rfqId}/responses`, { rfqVersion, content });
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
  return answer.body as { responseId: string; version: number; contentSha256: string; nonce: string; receipt: string };
}

/**
 * An RFQ that each supplier has responded to with its content (as it is, or made of the terms), past its deadline and
 * opened. Answers the ids of the responses in the order of the suppliers.
 */
export async function openedRfq(
  world: World,
  suppliers: readonly Supplier[],
  contents: readonly (ResponseContentJson | ((terms: RfqTermsJson) => ResponseContentJson))[] = [],
  options: Parameters<typeof publishedRfq>[1] = {},
) {
  const published = await publishedRfq(world, options);
  const responseIds: string[] = [];
  for (const [at, supplier] of suppliers.entries()) {
    const content = contents[at] ?? contentFor(published.terms);
    const ready = typeof content === 'function' ? content(published.terms) : content;
    responseIds.push((await handIn(supplier, published.rfqId, ready)).responseId);
  }
  pass(world, published.terms.deadlineAt);
  await world.tick();
  return { ...published, responseIds };
}

/** Lets the time come. */
export function pass(world: World, instant: string): void {
  world.clock.advance(Math.max(0, new Date(instant).getTime() - world.clock.now().getTime()));
}

/** Whom the service had told of something, and what, oldest first. */
export async function told(world: World, template: string, rfqId: string) {
  const notifications = await world.emitted(events.notification.marketplace);
  return notifications.filter((each) => each.template === template && each.data.rfqId === rfqId);
}

/** The service hears what it last said of an RFQ's status, as the bus would bring it. */
export async function hearStatus(world: World, rfqId: string) {
  const said = (await world.emitted(events.rfqStatusChanged)).filter((each) => each.rfqId === rfqId).at(-1);
  if (!said) throw new Error(`Nothing was said of ${rfqId}`);
  return world.receive(events.rfqStatusChanged, rfqId, said);
}
