import { newId } from '@clearlot/kernel';
import { events } from '@clearlot/proto/events';
import type { ResponseContentJson } from '../responses/content.ts';
import { contentFor, openedRfq } from '../rfqs/rfq.fixture.ts';
import type { RfqTermsJson } from '../rfqs/terms.ts';
import type { World } from '../world.fixture.ts';

type Supplier = Awaited<ReturnType<World['verifiedSupplier']>>;
export type Content = ResponseContentJson | ((terms: RfqTermsJson) => ResponseContentJson);

/** A response that offers each line at its price per tonne; an absent line is not offered. */
export function priced(
  prices: Record<string, string>,
  fields: object = {},
  overrides: Partial<ResponseContentJson> = {},
) {
  return (terms: RfqTermsJson): ResponseContentJson => {
    const content = contentFor(terms, overrides);
    const offers = content.offers.flatMap((offer) => {
      const price = prices[offer.lineId];
      return price === undefined ? [] : { ...offer, price, ...fields };
    });
    return { ...content, offers };
  };
}

/** An opened RFQ whose evaluation is closed: it can be awarded. */
export async function evaluatedRfq(
  world: World,
  suppliers: readonly Supplier[],
  contents: readonly Content[],
  options: Parameters<typeof openedRfq>[3] = {},
) {
  const opened = await openedRfq(world, suppliers, contents, options);
  const answer = await opened.buyer.post(`/api/rfqs/${opened.rfqId}/evaluate`);
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
  const award = (body: object) => opened.buyer.post(`/api/rfqs/${opened.rfqId}/award`, body);
  const cancel = (reason = 'A figure was wrong.') =>
    opened.buyer.post(`/api/rfqs/${opened.rfqId}/award/cancel`, { reason });
  const status = async () => (await opened.buyer.get(`/api/rfqs/${opened.rfqId}`)).body.status;
  return { ...opened, award, cancel, status };
}

/** Documents has drawn a contract. */
export async function issue(world: World, contractId: string) {
  const documentId = newId();
  const agreements = [{ documentId, agreementId: newId(), sellerId: newId(), buyerId: newId() }];
  await world.receive(events.packageIssued, contractId, { dealId: contractId, settlementId: contractId, agreements });
  return documentId;
}

/** One side has signed a contract. */
export async function sign(world: World, contractId: string, signerRole: 'seller' | 'buyer', complete = false) {
  return world.receive(events.agreementSigned, contractId, {
    dealId: contractId,
    agreementId: newId(),
    documentId: newId(),
    signerId: newId(),
    signerRole,
    complete,
    signedAt: world.clock.now(),
  });
}

export async function signBoth(world: World, contractId: string): Promise<void> {
  await issue(world, contractId);
  await sign(world, contractId, 'seller');
  await sign(world, contractId, 'buyer', true);
}

/** The first supplier is cheapest for L1, the second for L2: together 100 t × 10,000 + 40 t × 9,000. */
export const twoLines = [priced({ L1: '10000.00', L2: '11000.00' }), priced({ L1: '10500.00', L2: '9000.00' })];
export const byLine = { mode: 'by_line' };

/** What a person was told by a template. */
export async function told(world: World, template: string, userId: string) {
  const notifications = await world.emitted(events.notification.marketplace);
  return notifications.filter((each) => each.template === template && each.userId === userId);
}

export const refused = (answer: { status: number; body: { code?: string } }) => [answer.status, answer.body.code];
