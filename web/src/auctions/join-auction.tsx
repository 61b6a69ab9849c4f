import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { server } from '../api/client.ts';
import { Button } from '../design/button.tsx';
import { Confirm } from '../design/dialog.tsx';
import { Form, SelectField } from '../design/fields.tsx';
import { Instant, Money } from '../design/figures.tsx';
import { Notice } from '../design/notice.tsx';
import { useToast } from '../design/toasts.tsx';
import { toMinor } from '../money/amount.ts';
import { type Auction, isBuying } from './auction.ts';
import { useRefreshAuction } from './use-auction.ts';

/** The way in: what is held of which balance, under which conditions it comes back, and the questions to answer. */
export function JoinAuction({ auction }: { auction: Auction }) {
  const { auctionId, currency, deposit, criteria } = auction;
  const hasDeposit = toMinor(deposit, currency) > 0n;
  const [answers, setAnswers] = useState<Record<string, string>>();
  const balances = server.useQuery('get', '/api/payments/balances', {}, { enabled: hasDeposit });
  const refresh = useRefreshAuction(auctionId);
  const toast = useToast();
  const join = server.useMutation('post', '/api/auctions/{id}/participations', {
    onSuccess: ({ bidder }) => {
      setAnswers(undefined);
      toast(`You have joined as bidder ${bidder}.`);
    },
    onSettled: refresh,
  });
  const available = balances.data?.items.find((each) => each.currency === currency)?.available ?? 0;
  const isShort = hasDeposit && balances.data && toMinor(available, currency) < toMinor(deposit, currency);
  const submit = (data: FormData) =>
    setAnswers(Object.fromEntries(criteria.map(({ criterionId }) => [criterionId, String(data.get(criterionId))])));
  return (
    <div className="grid gap-4">
      <p>
        {hasDeposit ? (
          <>
            To bid you join with a deposit of{' '}
            <strong className="font-semibold">
              <Money amount={deposit} currency={currency} />
            </strong>
            . It comes back when the auction is over, unless you win.
          </>
        ) : (
          'To bid you join first. No deposit is asked for.'
        )}
      </p>
      {isShort && (
        <Notice tone="amber" title="Your balance is too small for the deposit">
          You have <Money amount={available} currency={currency} /> available.{' '}
          <Link to="/payments" className="font-medium text-accent underline">
            Top up your balance
          </Link>{' '}
          by wire first.
        </Notice>
      )}
      <Form problem={null} onSubmit={submit}>
        {criteria.map(({ criterionId, title, options }) => (
          <SelectField
            key={criterionId}
            name={criterionId}
            label={title}
            required
            choices={[
              { value: '', label: 'Choose' },
              ...options.map(({ value, title: words, sharePpm }) => ({
                value,
                label: sharePpm === 0 ? words : `${words} (counts ${sharePpm / 10_000} % lower)`,
              })),
            ]}
          />
        ))}
        <div>
          <Button type="submit" variant="primary" disabled={Boolean(isShort)}>
            {hasDeposit ? 'Join with the deposit' : 'Join the auction'}
          </Button>
        </div>
      </Form>
      <Confirm
        open={answers !== undefined}
        onClose={() => setAnswers(undefined)}
        onConfirm={() => join.mutate({ params: { path: { id: auctionId } }, body: { answers: answers ?? {} } })}
        title="Join the auction"
        action={hasDeposit ? 'Hold the deposit and join' : 'Join'}
        busy={join.isPending}
        problem={join.error}
      >
        {hasDeposit ? (
          <DepositTerms auction={auction} available={available} />
        ) : (
          <p>You can bid as soon as it is open.</p>
        )}
        {criteria.length > 0 && <p>Your answers count for the whole auction and cannot be changed afterwards.</p>}
      </Confirm>
    </div>
  );
}

function DepositTerms({ auction, available }: { auction: Auction; available: number | string }) {
  const { currency, deposit, confirmHours, format, live } = auction;
  const amount = <Money amount={deposit} currency={currency} />;
  return (
    <>
      <p>
        <strong className="font-semibold">{amount}</strong> of your balance of{' '}
        <Money amount={available} currency={currency} /> is held until the auction is over, which is announced for{' '}
        <Instant at={live.closesAt} />.
      </p>
      <ul className="grid list-disc gap-1 pl-5 text-muted">
        <li>If you do not win, all of it is yours again at once.</li>
        <li>
          {isBuying(format)
            ? 'If you win and confirm, it is yours again then.'
            : 'If you win and confirm, it becomes part of what you pay: it goes into the escrow of the order.'}
        </li>
        <li>
          If you win and do not confirm within {confirmHours} hours, you lose it to{' '}
          {isBuying(format) ? 'the buyer' : 'the seller'}.
        </li>
      </ul>
    </>
  );
}
