import type { Tx } from '@clearlot/service';
import { displayInstant } from '../rfqs/rfq.ts';
import { listInvitations, type RfqView } from '../rfqs/store.ts';
import { type Demand, matchSuppliers } from './match.ts';
import { insertMatches, listCandidates } from './store.ts';

const matchesMax = 50;

/**
 * Finds the suppliers a published RFQ is for, keeps the best 50 with their reasons, and tells them of it; one by invitation
 * is told to all who are invited and to nobody else.
 */
export async function matchRfq(tx: Tx, { rfq, terms }: RfqView): Promise<void> {
  const invited = rfq.visibility === 'invited' ? await listInvitations(tx, rfq.id) : null;
  const demand: Demand = { ...terms, incoterms: [...new Set([terms.incoterm, ...terms.acceptedIncoterms])] };
  const candidates = await listCandidates(tx, demand, invited?.map((each) => each.supplierId) ?? null);
  const matches = matchSuppliers(demand, candidates, matchesMax);
  await insertMatches(tx, rfq.id, rfq.buyerId, matches);
  const data = { rfqId: rfq.id, title: rfq.title, deadline: displayInstant(rfq.deadlineAt) };
  const template = invited ? 'rfq_invited' : 'rfq_matched';
  for (const { supplierOwnerId } of invited ?? matches) tx.notify(supplierOwnerId, template, data);
}
