import { newId } from '@clearlot/kernel';
import type { Ctx } from '../clients.ts';
import { conversionErrors } from './errors.ts';
import { dayOf } from './figures.ts';
import { insertFxRate, insertVatRate } from './store.ts';
import type { FxRateRow, VatRateRow } from './tables.ts';

/** An operator enters an exchange rate of a day; another of the same day corrects it. Errors: MARKET_RATE_INVALID. */
export function enterFxRate(
  ctx: Ctx,
  input: Pick<FxRateRow, 'base' | 'quote' | 'rate' | 'validOn' | 'source'>,
): Promise<FxRateRow> {
  return ctx.transaction('EnterFxRate', async (tx) => {
    if (input.base === input.quote || Number(input.rate) === 0 || input.validOn > dayOf(tx.now)) {
      throw conversionErrors.error('MARKET_RATE_INVALID');
    }
    const row = { ...input, rateId: newId(), recordedBy: ctx.actor.id, recordedAt: tx.now };
    await insertFxRate(tx, row);
    return row;
  });
}

/** An operator enters what a country adds from a day on, also one to come. */
export function enterVatRate(
  ctx: Ctx,
  input: Pick<VatRateRow, 'country' | 'rate' | 'validFrom' | 'source'>,
): Promise<VatRateRow> {
  return ctx.transaction('EnterVatRate', async (tx) => {
    const row = { ...input, rateId: newId(), recordedBy: ctx.actor.id, recordedAt: tx.now };
    await insertVatRate(tx, row);
    return row;
  });
}
