import type { Answer } from '../api/shapes.ts';
import type { Rung } from '../design/ladder.tsx';
import { type Tone, words } from '../design/status.tsx';
import { formatMoney } from '../money/format.ts';

export type Quote = Answer<'/api/quotes/{id}'>;
export type QuoteRow = Answer<'/api/quotes'>['items'][number];
export type Offer = Quote['offers'][number];
export type Side = 'buyer' | 'supplier';

/** Which side of a quote or an order a person is on; neither for an operator who looks. */
export function sideOf({ buyerId, supplierOwnerId }: Pick<QuoteRow, 'buyerId' | 'supplierOwnerId'>, userId: string) {
  return userId === buyerId ? 'buyer' : userId === supplierOwnerId ? 'supplier' : undefined;
}

/** How a quote's state is said to a side: whose turn it is, or how it ended. */
export function quoteStatus(
  { status, turn }: Pick<QuoteRow, 'status' | 'turn'>,
  side: Side | undefined,
): { tone: Tone; text: string } {
  if (turn !== 'nobody') {
    return turn === side ? { tone: 'amber', text: 'Your turn' } : { tone: 'blue', text: `The ${turn}'s turn` };
  }
  return { tone: status === 'accepted' ? 'green' : status === 'declined' ? 'red' : 'plain', text: words(status) };
}

/** What was asked, each offer made, and who must answer or how it ended. */
export function quoteRungs(quote: Quote, side: Side | undefined): Rung[] {
  const { status, turn, currency, offers } = quote;
  const name = (who: Side) => (who === side ? 'You' : `The ${who}`);
  const rungs: Rung[] = [
    { label: 'Price asked for', state: 'done', at: quote.createdAt, actor: name('buyer') },
    ...offers.map(
      ({ round, madeBy, price, madeAt }): Rung => ({
        label: `Offer ${round}: ${formatMoney(price, currency)}`,
        state: 'done',
        at: madeAt,
        actor: name(madeBy),
      }),
    ),
  ];
  if (turn !== 'nobody') {
    const mine = turn === side;
    const since = offers.at(-1)?.madeAt ?? quote.createdAt;
    return [
      ...rungs,
      { label: mine ? 'Your answer' : `Answer of the ${turn}`, state: mine ? 'blocked' : 'current', at: since },
      { label: 'Order', state: 'todo' },
    ];
  }
  if (status === 'accepted') {
    return [...rungs, { label: 'Accepted: an order was made', state: 'done', at: quote.updatedAt }];
  }
  return [...rungs, { label: words(status), state: 'failed', at: quote.updatedAt }];
}
