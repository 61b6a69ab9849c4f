/** A value of a sample row; `{ as }` repeats another column's. */
export type SampleValue = string | number | boolean | null | { readonly as: string };
export type SampleValues = Readonly<Record<string, SampleValue>>;

/**
 * What may be done to one table, and what its sample row needs to be possible.
 *
 * `access` says for each actor which operations succeed; an actor that is not there may do nothing. The actors are
 * `nobody` (no settings), `anonymous`, `other` (a user the row does not name), `operator`, `service`, `system`, `definer`
 * (the owning role without settings: what a SECURITY DEFINER function can do) and each column that names the row's owner:
 * `seller_id` is the user in that column. `actor+claim` is an actor that made a claim which fits the row; it is listed
 * only where the claim changes something.
 *
 * The operations are `select`, `insert`, `update`, `delete` and `lock` (`select … for update`, named only where no `update`
 * is possible). Writes are tried without a condition, which shows also what could be written blindly.
 */
export interface TableExpectation {
  /** Values that the generated row would get wrong. */
  readonly sample?: SampleValues;
  /** States of the row that make a difference, by name. `select(open)` is allowed in that state only. */
  readonly rows?: Readonly<Record<string, SampleValues>>;
  /** Updates that make a difference, by name: `update:withdraw`. A bare `update` leaves the row as it is. */
  readonly changes?: Readonly<Record<string, SampleValues>>;
  /** Settings beyond who is acting: `presented` is `app.presented`, its value an SQL expression over the row. */
  readonly claims?: Readonly<Record<string, string>>;
  /** The columns the application role may update at all: names, `*` for every one, absent for none. */
  readonly updates?: string;
  readonly access: Readonly<Record<string, string>>;
}

/** By table name, with its schema if that is not `public`. */
export type Expectations = Readonly<Record<string, TableExpectation>>;

/** `access` with its words in a fixed order and without actors that may do nothing, so that it can be compared. */
export function normalAccess(access: Readonly<Record<string, string>>): Record<string, string> {
  const entries = Object.entries(access).map(([actor, words]) => [actor, words.split(/\s+/).sort().join(' ').trim()]);
  return Object.fromEntries(entries.filter(([, words]) => words));
}
