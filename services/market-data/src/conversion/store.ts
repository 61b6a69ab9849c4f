import type { Tx, Work } from '@clearlot/service';
import { and, desc, eq, inArray, lt, lte } from 'drizzle-orm';
import { readDecimal } from './decimal.ts';
import type { FxRate, VatRate } from './rate.ts';
import { type FxRateRow, fxRate, type VatRateRow, vatRate } from './tables.ts';

/** The rates between some currencies, and of some countries, that may be used on some days (yyyy-mm-dd). */
export interface RateNeeds {
  currencies: readonly string[];
  countries: readonly string[];
  days: readonly string[];
}

export interface Rates {
  fxRates: FxRate[];
  vatRates: VatRate[];
}

/**
 * What conversions of these days may use: for each day, pair and country the newest rate of a day not after it, as it is
 * known now. Reads only what is asked for: nothing for one currency and no country.
 */
export async function loadRates(work: Pick<Work, 'db'>, { currencies, countries, days }: RateNeeds): Promise<Rates> {
  const found = await Promise.all([...new Set(days)].map((on) => ratesOf(work, currencies, countries, on)));
  return { fxRates: found.flatMap(({ fxRates }) => fxRates), vatRates: found.flatMap(({ vatRates }) => vatRates) };
}

async function ratesOf(
  work: Pick<Work, 'db'>,
  currencies: readonly string[],
  countries: readonly string[],
  on: string,
): Promise<Rates> {
  const wanted = [...new Set(currencies)];
  const [fx, vat] = await Promise.all([
    wanted.length < 2
      ? []
      : work.db
          .selectDistinctOn([fxRate.base, fxRate.quote])
          .from(fxRate)
          .where(and(inArray(fxRate.base, wanted), inArray(fxRate.quote, wanted), lte(fxRate.validOn, on)))
          .orderBy(fxRate.base, fxRate.quote, desc(fxRate.validOn), desc(fxRate.recordedAt)),
    countries.length === 0
      ? []
      : work.db
          .selectDistinctOn([vatRate.country])
          .from(vatRate)
          .where(and(inArray(vatRate.country, [...new Set(countries)]), lte(vatRate.validFrom, on)))
          .orderBy(vatRate.country, desc(vatRate.validFrom), desc(vatRate.recordedAt)),
  ]);
  return { fxRates: fx.map(toFxRate), vatRates: vat.map(toVatRate) };
}

/**
 * Every rate between some currencies, and of some countries, of days until one, each day's newest as known at an instant: for
 * a line of prices, of which each takes the rate of its own day.
 */
export async function loadRateHistory(
  work: Pick<Work, 'db'>,
  needs: { currencies: readonly string[]; countries: readonly string[]; until: string; knownAt: Date },
): Promise<Rates> {
  const { currencies, countries, until, knownAt } = needs;
  const between = and(inArray(fxRate.base, [...currencies]), inArray(fxRate.quote, [...currencies]));
  const [fx, vat] = await Promise.all([
    work.db
      .selectDistinctOn([fxRate.base, fxRate.quote, fxRate.validOn])
      .from(fxRate)
      .where(and(between, lte(fxRate.validOn, until), lte(fxRate.recordedAt, knownAt)))
      .orderBy(fxRate.base, fxRate.quote, fxRate.validOn, desc(fxRate.recordedAt)),
    work.db
      .selectDistinctOn([vatRate.country, vatRate.validFrom])
      .from(vatRate)
      .where(
        and(inArray(vatRate.country, [...countries]), lte(vatRate.validFrom, until), lte(vatRate.recordedAt, knownAt)),
      )
      .orderBy(vatRate.country, vatRate.validFrom, desc(vatRate.recordedAt)),
  ]);
  return { fxRates: fx.map(toFxRate), vatRates: vat.map(toVatRate) };
}

function toFxRate({ base, quote, rate, validOn, source }: FxRateRow): FxRate {
  return { base, quote, value: readDecimal(rate), date: validOn, source };
}

function toVatRate({ country, rate, validFrom, source }: VatRateRow): VatRate {
  return { country, value: readDecimal(rate), date: validFrom, source };
}

export async function insertFxRate(tx: Tx, row: FxRateRow): Promise<void> {
  await tx.db.insert(fxRate).values(row);
  tx.audit({ action: 'fx_rate.entered', entityType: 'fx_rate', entityId: row.rateId, after: row });
}

export async function insertVatRate(tx: Tx, row: VatRateRow): Promise<void> {
  await tx.db.insert(vatRate).values(row);
  tx.audit({ action: 'vat_rate.entered', entityType: 'vat_rate', entityId: row.rateId, after: row });
}

/** As they were entered, newest first. */
export async function listFxRates(
  work: Pick<Work, 'db'>,
  filter: { base?: string | undefined; quote?: string | undefined; before?: string | undefined; limit: number },
): Promise<FxRateRow[]> {
  const { base, quote, before, limit } = filter;
  return work.db
    .select()
    .from(fxRate)
    .where(
      and(
        base ? eq(fxRate.base, base) : undefined,
        quote ? eq(fxRate.quote, quote) : undefined,
        before ? lt(fxRate.rateId, before) : undefined,
      ),
    )
    .orderBy(desc(fxRate.rateId))
    .limit(limit);
}

/** As they were entered, newest first. */
export async function listVatRates(
  work: Pick<Work, 'db'>,
  filter: { country?: string | undefined; before?: string | undefined; limit: number },
): Promise<VatRateRow[]> {
  const { country, before, limit } = filter;
  return work.db
    .select()
    .from(vatRate)
    .where(and(country ? eq(vatRate.country, country) : undefined, before ? lt(vatRate.rateId, before) : undefined))
    .orderBy(desc(vatRate.rateId))
    .limit(limit);
}
