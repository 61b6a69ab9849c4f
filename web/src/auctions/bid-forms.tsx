import { useState } from 'react';
import { Button } from '../design/button.tsx';
import { Form } from '../design/fields.tsx';
import { formatMoney } from '../money/format.ts';
import { enteredMoney, MoneyField } from '../money/money-field.tsx';
import { type Auction, isBuying, type LiveState, type MyBid, type Rules } from './auction.ts';
import { type Draft, priceAndTotal } from './bid-review.tsx';
import { boundOf, quickBids } from './least-bid.ts';

interface FormProps {
  auction: Auction;
  live: LiveState;
  rules: Rules;
  mine: readonly MyBid[];
  isBusy: boolean;
  review(draft: Draft): void;
}

/** An amount of one's own: a limit that bids for its bidder, a sealed bid, an offer of a round. */
export function AmountForm({ auction, live, rules, mine, isBusy, review }: FormProps) {
  const { currency, format } = auction;
  const bound = boundOf(auction, live, rules, mine);
  const [preset, setPreset] = useState<{ amount: string; turn: number }>({ amount: '', turn: 0 });
  const say = (amount: string) => formatMoney(amount, currency);
  const submit = (data: FormData) => {
    const amount = enteredMoney(data, 'amount', currency);
    if (amount !== undefined) review(draftOf(auction, amount));
  };
  const nearest = bound.min === undefined ? `At most ${say(bound.max ?? '0')}` : `At least ${say(bound.min)}`;
  const isProxy = format === 'english' || format === 'reverse';
  return (
    <Form problem={null} onSubmit={submit}>
      <MoneyField
        key={preset.turn}
        name="amount"
        label={labels[format]}
        currency={currency}
        defaultValue={preset.amount}
        hint={nearest}
        min={bound.min}
        max={bound.max}
        required
      />
      {isProxy && (
        <div className="flex flex-wrap gap-2">
          {quickBids(bound, rules, currency).map((amount) => (
            <Button
              key={amount}
              size="sm"
              className="figures"
              onClick={() => setPreset(({ turn }) => ({ amount, turn: turn + 1 }))}
            >
              {say(amount)}
            </Button>
          ))}
        </div>
      )}
      <Button type="submit" variant="primary" busy={isBusy} className="justify-self-start">
        {isBuying(format) ? 'Offer' : 'Bid'}
      </Button>
    </Form>
  );
}

const labels: Record<Auction['format'], string> = {
  english: 'Your maximum per tonne',
  reverse: 'Your minimum per tonne',
  sealed_first: 'Your sealed bid per tonne',
  sealed_second: 'Your sealed bid per tonne',
  meat_rounds: 'Your offer of this round, per tonne',
  dutch: '',
  japanese: '',
};

function draftOf(auction: Auction, amount: string): Draft {
  const { currency, format } = auction;
  const said = formatMoney(amount, currency);
  const total = priceAndTotal(amount, auction);
  const body = { type: 'bid' as const, amount };
  switch (format) {
    case 'english':
      return {
        ...{ body, action: `Bid up to ${said}` },
        promise: <p>You pay at most {total}. Clearlot bids for you only as much as is needed to lead.</p>,
      };
    case 'reverse':
      return {
        ...{ body, action: `Offer down to ${said}` },
        promise: <p>You sell for at least {total}. Clearlot offers for you only as low as is needed to lead.</p>,
      };
    case 'meat_rounds':
      return {
        body,
        action: `Offer ${said}`,
        promise: <p>You offer to sell for {total}. One offer counts in a round.</p>,
      };
    case 'sealed_second':
      return {
        ...{ body, action: `Bid ${said}` },
        promise: <p>You bid {total}. If you win you pay the second highest bid, never more than yours.</p>,
      };
    default:
      return { body, action: `Bid ${said}`, promise: <p>You bid {total}. If you win you pay exactly that.</p> };
  }
}

/** The falling clock: one press takes the lot. */
export function DutchForm({ auction, live, isBusy, review }: FormProps) {
  const { price } = live;
  if (price === null) return null;
  const said = formatMoney(price, auction.currency);
  return (
    <div className="grid justify-items-start gap-3">
      <p className="text-muted">Wait and the price falls; somebody else may take the lot meanwhile.</p>
      <Button
        variant="primary"
        busy={isBusy}
        onClick={() =>
          review({
            ...{ body: { type: 'bid', amount: String(price) }, action: `Take the lot at ${said}` },
            promise: (
              <p>
                You buy the lot at once for {priceAndTotal(price, auction)}. If the clock falls before your bid arrives,
                you pay the lower price.
              </p>
            ),
          })
        }
      >
        Take it at {said}
      </Button>
    </div>
  );
}

/** Rising rounds: who stays is in the next one. */
export function StayForm({ auction, live, isStaying, isBusy, review }: FormProps & { isStaying: boolean }) {
  const { price, round } = live;
  if (price === null || round === null) return null;
  const said = formatMoney(price, auction.currency);
  return (
    <div className="grid justify-items-start gap-3">
      <Button
        variant="primary"
        busy={isBusy}
        disabled={isStaying}
        onClick={() =>
          review({
            ...{ body: { type: 'stay', round }, action: `Stay in round ${round}` },
            promise: (
              <p>
                You would buy the lot for {priceAndTotal(price, auction)} if everybody else leaves in this round or if
                it is the last one.
              </p>
            ),
          })
        }
      >
        {isStaying ? `You stay in round ${round}` : `Stay in round ${round} at ${said}`}
      </Button>
      <p className="text-sm text-muted">Not pressing it before the round ends is leaving. Nobody comes back in.</p>
    </div>
  );
}
