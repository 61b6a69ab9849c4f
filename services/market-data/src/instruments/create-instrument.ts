import { currencyDigits, newId } from '@clearlot/kernel';
import type { Ctx } from '../clients.ts';
import { type Basis, codeOf } from './instrument.ts';
import { insertInstrument } from './store.ts';
import type { InstrumentRow } from './tables.ts';

/** Adds an instrument under the code of its basis. Errors: MARKET_INSTRUMENT_EXISTS, CURRENCY_UNKNOWN. */
export async function createInstrument(ctx: Ctx, fields: Basis & { name: string }): Promise<InstrumentRow> {
  currencyDigits(fields.currency);
  return ctx.transaction('CreateInstrument', async (tx) => {
    const row = { instrumentId: newId(), code: codeOf(fields), ...fields, sequence: 0n, createdAt: tx.now };
    await insertInstrument(tx, row);
    return row;
  });
}
