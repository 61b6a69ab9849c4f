import { fraction, moneyToJson } from '@clearlot/kernel';
import { z } from 'zod';
import { comparisonCost } from '../evaluation/evaluation.ts';
import { moneyOut } from '../shapes.ts';
import { amountOf } from './award.ts';
import type { AwardView } from './show-award.ts';
import type { Award, AwardItem } from './tables.ts';
import type { Scenario } from './try-scenario.ts';

const itemShape = z.object({
  responseId: z.string(),
  offerId: z.string(),
  supplierId: z.string(),
  lineId: z.string(),
  incoterm: z.string(),
  quantityKg: z.number(),
  price: moneyOut,
  amount: moneyOut,
});

export const decidedShape = z.object({
  awardId: z.string(),
  rfqId: z.string(),
  status: z.string(),
  standstillUntil: z.string(),
  currency: z.string(),
  amount: moneyOut,
  items: z.array(itemShape),
});

export function presentDecided({ award, items }: { award: Award; items: AwardItem[] }): z.input<typeof decidedShape> {
  return {
    ...presentStatus(award),
    currency: award.currency,
    amount: moneyToJson(award.amountMinor, award.currency),
    items: items.map((item) => presentItem(item, award.currency)),
  };
}

export const statusShape = z.object({
  awardId: z.string(),
  rfqId: z.string(),
  status: z.string(),
  standstillUntil: z.string(),
});

export function presentStatus({ id, rfqId, status, standstillUntil }: Award): z.input<typeof statusShape> {
  return { awardId: id, rfqId, status, standstillUntil: standstillUntil.toISOString() };
}

const reasonShape = z.object({
  offerId: z.string(),
  lineId: z.string(),
  awardedKg: z.number(),
  rank: z.number().optional(),
  of: z.number().optional(),
  alternate: z.boolean().optional(),
  /** Per tonne, above the cheapest awarded offer of the line. */
  difference: moneyOut.nullable().optional(),
  exclusions: z.array(z.object({ gate: z.string(), of: z.array(z.string()) })).optional(),
});

export const awardShape = z.object({
  awardId: z.string(),
  rfqId: z.string(),
  currency: z.string(),
  /** For the buyer only. */
  award: z
    .object({
      status: z.string(),
      mode: z.string(),
      amount: moneyOut,
      justification: z.string(),
      basis: z.unknown(),
      standstillUntil: z.string(),
      decidedAt: z.string(),
      endedAt: z.string().nullable(),
    })
    .nullable(),
  items: z.array(itemShape),
  contracts: z.array(
    z.object({
      contractId: z.string(),
      supplierId: z.string(),
      status: z.string(),
      amount: moneyOut,
      incoterm: z.string(),
      documentId: z.string().nullable(),
      buyerSignedAt: z.string().nullable(),
      sellerSignedAt: z.string().nullable(),
      deadlineAt: z.string().nullable(),
    }),
  ),
  notices: z.array(
    z.object({
      responseId: z.string(),
      supplierId: z.string(),
      outcome: z.enum(['won', 'unsuccessful']),
      reasons: z.array(reasonShape),
      standstillUntil: z.string(),
      /** When the award was taken back. */
      revokedAt: z.string().nullable(),
    }),
  ),
});

export function presentAward(view: AwardView): z.input<typeof awardShape> {
  const { awardId, rfqId, currency, award } = view;
  const money = (minor: bigint) => moneyToJson(minor, currency);
  const text = (at: Date | null) => at?.toISOString() ?? null;
  return {
    awardId,
    rfqId,
    currency,
    award: award
      ? {
          status: award.status,
          mode: award.mode,
          amount: money(award.amountMinor),
          justification: award.justification,
          basis: award.basis,
          standstillUntil: award.standstillUntil.toISOString(),
          decidedAt: award.decidedAt.toISOString(),
          endedAt: text(award.endedAt),
        }
      : null,
    items: view.items.map((item) => presentItem(item, currency)),
    contracts: view.contracts.map((contract) => ({
      contractId: contract.id,
      supplierId: contract.supplierId,
      status: contract.status,
      amount: money(contract.amountMinor),
      incoterm: contract.incoterm,
      documentId: contract.documentId,
      buyerSignedAt: text(contract.buyerSignedAt),
      sellerSignedAt: text(contract.sellerSignedAt),
      deadlineAt: text(contract.deadlineAt),
    })),
    notices: view.notices.map(({ responseId, supplierId, outcome, reasons, standstillUntil, revokedAt }) => ({
      responseId,
      supplierId,
      outcome,
      reasons: reasons.map(({ differenceMinor, ...reason }) => ({
        ...reason,
        ...(differenceMinor === undefined
          ? {}
          : { difference: differenceMinor === null ? null : money(BigInt(differenceMinor)) }),
      })),
      standstillUntil: standstillUntil.toISOString(),
      revokedAt: text(revokedAt),
    })),
  };
}

export const scenarioShape = z.object({
  mode: z.string(),
  currency: z.string(),
  items: z.array(itemShape.extend({ comparisonCost: moneyOut })),
  supplierIds: z.array(z.string()),
  /** Payable at the offered prices. */
  amount: moneyOut,
  /** Σ comparison cost × mass: what the split is the least of. */
  comparisonCost: moneyOut,
  comparisonExact: z.string(),
  /** What the best split would save in comparison cost without each constraint; null where that could not be proven. */
  constraints: z.array(
    z.object({ constraint: z.string(), saves: moneyOut.nullable(), savesExact: z.string().nullable() }),
  ),
});

export function presentScenario(scenario: Scenario): z.input<typeof scenarioShape> {
  const { currency } = scenario.loaded.rfq;
  const money = (minor: bigint) => moneyToJson(minor, currency);
  const shown = (amount: { num: bigint; den: bigint }) => money(fraction.roundHalfEven(amount));
  return {
    mode: scenario.request.mode,
    currency,
    items: scenario.choices.map((choice) => {
      const { response, offer } = choice.offer;
      return {
        responseId: response.responseId,
        offerId: offer.offerId,
        supplierId: response.supplierId,
        lineId: offer.lineId,
        incoterm: offer.incoterm,
        quantityKg: Number(choice.quantityKg),
        price: money(offer.priceMinor),
        amount: money(amountOf(choice)),
        comparisonCost: shown(comparisonCost(choice.offer)),
      };
    }),
    supplierIds: scenario.split.supplierIds,
    amount: money(scenario.amountMinor),
    comparisonCost: shown(scenario.split.cost),
    comparisonExact: fraction.toString(scenario.split.cost),
    constraints: scenario.costs.map(({ constraint, saves }) => ({
      constraint,
      saves: saves && shown(saves),
      savesExact: saves && fraction.toString(saves),
    })),
  };
}

function presentItem(item: AwardItem, currency: string): z.input<typeof itemShape> {
  const { responseId, offerId, supplierId, lineId, incoterm } = item;
  return {
    ...{ responseId, offerId, supplierId, lineId, incoterm },
    quantityKg: Number(item.quantityKg),
    price: moneyToJson(item.priceMinorPerTonne, currency),
    amount: moneyToJson(item.amountMinor, currency),
  };
}
