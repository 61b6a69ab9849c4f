import { parseMoney, parsePositiveMoney } from '@clearlot/kernel';
import type { Work } from '@clearlot/service';
import { inArray } from 'drizzle-orm';
import { type CountingResponse, listCountingResponses } from '../responses/store.ts';
import { checkOpened } from '../rfqs/rfq.ts';
import type { RfqView } from '../rfqs/store.ts';
import { adjustmentsOf, dutyOn, freightFrom, type RfqTerms } from '../rfqs/terms.ts';
import { supplier } from '../suppliers/tables.ts';
import { type Evaluation, type EvaluationTerms, evaluate, type OpenedResponse } from './evaluation.ts';

export interface LoadedEvaluation extends RfqView {
  responses: CountingResponse[];
  evaluation: Evaluation;
  /** At this instant offers had to be valid. */
  at: Date;
}

/** Reads the opened responses of an RFQ and ranks their offers as of `at`. Errors: MARKETPLACE_RESPONSES_SEALED. */
export async function loadEvaluation(work: Work, view: RfqView, at: Date): Promise<LoadedEvaluation> {
  const { rfq, terms } = view;
  checkOpened(rfq);
  const responses = await listCountingResponses(work, rfq.id);
  const opened = responses.map((each) => toOpened(each, rfq));
  return { ...view, responses, at, evaluation: evaluate(toTerms(terms, opened, rfq.currency), opened, at) };
}

/** What suppliers are called, by their ids; one that is not verified any more has no name here. */
export async function supplierNames(work: Work, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await work.db
    .select({ id: supplier.id, legalName: supplier.legalName })
    .from(supplier)
    .where(inArray(supplier.id, [...ids]));
  return new Map(rows.map(({ id, legalName }) => [id, legalName]));
}

function toTerms(terms: RfqTerms, responses: readonly OpenedResponse[], currency: string): EvaluationTerms {
  const { costModel } = terms;
  const origins = new Set(responses.flatMap(({ offers }) => offers.map((offer) => offer.originCountry)));
  return {
    lines: terms.lines.map((line) => ({
      lineId: line.lineId,
      basis: line.basis,
      quantityKg: BigInt(line.quantityKg),
      limits: line.limits,
      adjustments: costModel.normalise ? adjustmentsOf(line, currency) : [],
    })),
    incoterms: new Set([terms.incoterm, ...terms.acceptedIncoterms]),
    criteria: terms.criteria.map(({ criterionId, options }) => ({
      criterionId,
      options: options.map(({ value, sharePpm }) => ({ value, sharePpm: BigInt(sharePpm) })),
    })),
    otherCostIds: terms.otherCosts.map(({ costId }) => costId),
    fromOrigin: new Map(
      [...origins].map((origin) => [
        origin,
        { freightMinor: freightFrom(terms, origin, currency), dutyPpm: dutyOn(terms, origin) },
      ]),
    ),
    insurancePpm: BigInt(costModel.insurancePpm),
    financePpmPerYear: BigInt(costModel.financePpmPerYear),
  };
}

/** An opened response with its money in minor units. */
export function toOpened(response: CountingResponse, rfq: { currency: string; version: number }): OpenedResponse {
  const { content } = response;
  return {
    responseId: response.id,
    supplierId: response.supplierId,
    submittedAt: response.submittedAt,
    stale: response.rfqVersion !== rfq.version,
    problems: response.problems.map(({ pointer }) => pointer),
    kind: content.kind,
    validUntil: content.validUntil,
    claims: content.criteria,
    otherMinor: new Map(
      Object.entries(content.otherCosts).map(([costId, amount]) => [costId, parseMoney(amount, rfq.currency)]),
    ),
    offers: content.offers.map((offer) => ({
      offerId: offer.offerId,
      lineId: offer.lineId,
      alternate: offer.alternate,
      quantityKg: BigInt(offer.quantityKg),
      minKg: BigInt(offer.minKg ?? 1),
      priceMinor: parsePositiveMoney(offer.price, rfq.currency),
      incoterm: offer.incoterm,
      originCountry: offer.originCountry,
      assay: offer.assay,
      moisturePpb: BigInt(offer.moisturePpb),
      leadDays: BigInt(offer.leadDays),
    })),
  };
}
