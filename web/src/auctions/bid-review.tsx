import { type ReactNode, useState } from 'react';
import { Confirm } from '../design/dialog.tsx';
import { CheckField } from '../design/fields.tsx';
import { formatMoney } from '../money/format.ts';
import { amountOf } from '../money/price-per-tonne.ts';
import type { Auction } from './auction.ts';
import type { Bidding, BiddingNow } from './bidding.ts';

export interface Draft {
  body: Bidding;
  /** What the button says, "Bid up to USD 12,500.00". */
  action: string;
  /** What is promised by it. */
  promise: ReactNode;
}

/**
 * The last word before a bid: what is promised, with exact figures. In the heat of an auction it can be left out for the bids
 * after it.
 */
export function useBidReview(bidding: BiddingNow) {
  const [draft, setDraft] = useState<Draft>();
  const [asks, setAsks] = useState(true);
  const send = ({ body }: Draft) => bidding.send(body, { onSettled: () => setDraft(undefined) });
  const review = (next: Draft) => (asks ? setDraft(next) : send(next));
  const dialog = (
    <Confirm
      open={draft !== undefined}
      onClose={() => setDraft(undefined)}
      onConfirm={() => draft && send(draft)}
      title="Bid"
      action={draft?.action ?? 'Bid'}
      busy={bidding.isBusy}
    >
      {draft?.promise}
      <p className="text-muted">A bid binds you. If you win you confirm it in time, or you lose your deposit.</p>
      <CheckField
        name="quick"
        label="Do not ask me again while this page is open"
        checked={!asks}
        onChange={(event) => setAsks(!event.currentTarget.checked)}
      />
    </Confirm>
  );
  return { review, dialog };
}

/** `USD 12,500.00 per tonne, USD 250,000.00 for the lot` */
export function priceAndTotal(amount: number | string, { currency, quantityKg }: Auction): string {
  const total = amountOf(quantityKg, amount, currency);
  const perTonne = `${formatMoney(amount, currency)} per tonne`;
  return total === undefined ? perTonne : `${perTonne}, ${formatMoney(total, currency)} for the lot`;
}
