import type { Work } from '@clearlot/service';
import type { Bar } from './series.ts';

export interface BarQuery {
  instrumentIds: readonly string[];
  sourceId?: string | undefined;
  /** ISO dates, both inclusive. */
  firstDay: string;
  lastDay: string;
  knownAt?: Date | undefined;
}

/** Days of one instrument and source. */
export interface Days {
  instrumentId: string;
  sourceId: string;
  days: Bar[];
}

/** Daily bars as known now or at an instant, in order, by instrument and source; none that the actor may not see. */
export async function readDays({ sql }: Pick<Work, 'sql'>, query: BarQuery): Promise<Days[]> {
  const { instrumentIds, sourceId, firstDay, lastDay, knownAt } = query;
  const ids = `{${instrumentIds.join(',')}}`;
  const known = knownAt
    ? sql`unnest(${ids}::text::uuid[]) as asked (id), known_bars(asked.id, ${sourceId ?? null}::uuid, ${firstDay}::text::date,
        ${lastDay}::text::date, ${knownAt}::timestamptz) b`
    : sql`bar b where instrument_id = any (${ids}::text::uuid[])
        and day between ${firstDay}::text::date and ${lastDay}::text::date
        and (${sourceId ?? null}::uuid is null or source_id = ${sourceId ?? null}::uuid)`;
  // One text for each column of a line: the driver takes longer for a row's values than the database for the rows.
  const rows = await sql<LineRow[]>`
    select instrument_id, source_id, array_agg(day order by day)::text as days,
      array_agg(open_micros order by day)::text as opens, array_agg(high_micros order by day)::text as highs,
      array_agg(low_micros order by day)::text as lows, array_agg(close_micros order by day)::text as closes,
      array_agg((date_part('epoch', first_valid_at) * 1000)::bigint order by day)::text as firsts,
      array_agg((date_part('epoch', last_valid_at) * 1000)::bigint order by day)::text as lasts,
      array_agg(observations order by day)::text as counts, string_agg(array_to_string(kinds, ' '), ',' order by day) as kinds
    from ${known} group by instrument_id, source_id`;
  return rows.map((row) => ({ instrumentId: row.instrument_id, sourceId: row.source_id, days: readLine(row) }));
}

type LineRow = Record<
  | 'instrument_id'
  | 'source_id'
  | 'days'
  | 'opens'
  | 'highs'
  | 'lows'
  | 'closes'
  | 'firsts'
  | 'lasts'
  | 'counts'
  | 'kinds',
  string
>;

function readLine(row: LineRow): Bar[] {
  const column = (text: string) => text.slice(1, -1).split(',');
  const [opens, highs, lows, closes] = [column(row.opens), column(row.highs), column(row.lows), column(row.closes)];
  const [firsts, lasts, counts] = [column(row.firsts), column(row.lasts), column(row.counts)];
  const kinds = row.kinds.split(',');
  return column(row.days).map((day, index) => ({
    day,
    openMicros: BigInt(opens[index] ?? 0),
    highMicros: BigInt(highs[index] ?? 0),
    lowMicros: BigInt(lows[index] ?? 0),
    closeMicros: BigInt(closes[index] ?? 0),
    firstValidAt: new Date(Number(firsts[index])),
    lastValidAt: new Date(Number(lasts[index])),
    observations: Number(counts[index]),
    kinds: (kinds[index] ?? '').split(' '),
  }));
}
