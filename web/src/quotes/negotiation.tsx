import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { server } from '../api/client.ts';
import { Button } from '../design/button.tsx';
import { Confirm, Dialog } from '../design/dialog.tsx';
import { Count, Instant, Money } from '../design/figures.tsx';
import { Notice } from '../design/notice.tsx';
import { useToast } from '../design/toasts.tsx';
import { formatRelative } from '../money/format.ts';
import { DeliveryWindow } from '../orders/delivery-window.tsx';
import { OfferForm } from './offer-form.tsx';
import type { Offer, Quote, Side } from './quote-state.ts';
import { useRefreshQuotes } from './refresh-quotes.ts';

type Act = 'accept' | 'offer' | 'decline' | 'cancel';

/** Who must answer until when, and what I can do. */
export function Negotiation({ quote, side }: { quote: Quote; side: Side | undefined }) {
  const [act, setAct] = useState<Act>();
  const close = () => setAct(undefined);
  const { turn, round, roundsMax, offers } = quote;
  if (turn === 'nobody') return side ? <Notice title={quote.nextStep[side]} /> : null;
  const isMine = turn === side;
  const newest = offers.at(-1);
  const mayAccept = isMine && newest !== undefined;
  return (
    <>
      <Notice
        tone={isMine ? 'amber' : 'blue'}
        title={side ? quote.nextStep[side] : `Waiting for the ${turn}`}
        action={
          <div className="flex flex-wrap gap-2">
            {mayAccept && (
              <Button variant="primary" onClick={() => setAct('accept')}>
                Accept the offer
              </Button>
            )}
            {isMine && round < roundsMax && (
              <Button variant={mayAccept ? 'secondary' : 'primary'} onClick={() => setAct('offer')}>
                {newest ? 'Counter' : 'Make an offer'}
              </Button>
            )}
            {isMine && <Button onClick={() => setAct('decline')}>Decline</Button>}
            {side === 'buyer' && !isMine && <Button onClick={() => setAct('cancel')}>Take it back</Button>}
          </div>
        }
      >
        By <Instant at={quote.expiresAt} />, {formatRelative(quote.expiresAt)}; otherwise the quote expires.
        {isMine && round >= roundsMax && ' No more offers can be made: accept or decline.'}
      </Notice>
      {newest && <AcceptConfirm quote={quote} offer={newest} open={act === 'accept'} onClose={close} side={side} />}
      <Dialog open={act === 'offer'} onClose={close} title={newest ? 'Counter with a firm offer' : 'Make a firm offer'}>
        {side && <OfferForm quote={quote} side={side} onDone={close} />}
      </Dialog>
      <EndConfirm quote={quote} act={act} onClose={close} />
    </>
  );
}

function AcceptConfirm({
  quote,
  offer,
  side,
  open,
  onClose,
}: {
  quote: Quote;
  offer: Offer;
  side: Side | undefined;
  open: boolean;
  onClose(): void;
}) {
  const navigate = useNavigate();
  const refresh = useRefreshQuotes();
  const toast = useToast();
  const accept = server.useMutation('post', '/api/quotes/{id}/accept', {
    onSuccess: async ({ orderId }) => {
      toast('Accepted: this is an order now.');
      await refresh();
      if (orderId) await navigate({ to: '/orders/$orderId', params: { orderId } });
    },
    onError: () => void refresh(),
  });
  const { currency, quoteId } = quote;
  return (
    <Confirm
      open={open}
      onClose={onClose}
      title={`Accept offer ${offer.round}`}
      action={side === 'buyer' ? 'Buy at this price' : 'Sell at this price'}
      busy={accept.isPending}
      problem={accept.error}
      onConfirm={() => accept.mutate({ params: { path: { id: quoteId } }, body: { round: offer.round } })}
    >
      <p className="text-lg">
        You {side === 'buyer' ? 'buy' : 'sell'} <Count value={offer.quantityKg} unit="kg" /> of {quote.productTitle} at{' '}
        <Money amount={offer.price} currency={currency} /> per tonne,{' '}
        <strong className="font-semibold">
          <Money amount={offer.amount} currency={currency} /> in all
        </strong>
        , {offer.incoterm} {offer.place}, delivered <DeliveryWindow from={offer.deliverFrom} to={offer.deliverTo} />.
      </p>
      <p className="text-muted">
        This makes a binding order at once.{' '}
        {side === 'buyer'
          ? 'You then have 5 days to wire the amount into escrow; it is released to the supplier when you accept what was delivered.'
          : 'You ship when the buyer has funded the escrow; you are paid from it when a delivery is accepted.'}
      </p>
    </Confirm>
  );
}

function EndConfirm({ quote, act, onClose }: { quote: Quote; act: Act | undefined; onClose(): void }) {
  const refresh = useRefreshQuotes();
  const toast = useToast();
  const ended = (said: string) => ({
    onSuccess: async () => {
      toast(said);
      onClose();
      await refresh();
    },
  });
  const decline = server.useMutation('post', '/api/quotes/{id}/decline', ended('You declined the quote.'));
  const cancel = server.useMutation('post', '/api/quotes/{id}/cancel', ended('You took your request back.'));
  const init = { params: { path: { id: quote.quoteId } } };
  return (
    <>
      <Confirm
        open={act === 'decline'}
        onClose={onClose}
        title="Decline this quote"
        action="Decline"
        danger
        busy={decline.isPending}
        problem={decline.error}
        onConfirm={() => decline.mutate(init)}
      >
        <p>
          The negotiation ends for both sides and no order is made. This cannot be undone; a new quote can be asked for.
        </p>
      </Confirm>
      <Confirm
        open={act === 'cancel'}
        onClose={onClose}
        title="Take your request back"
        action="Take it back"
        danger
        busy={cancel.isPending}
        problem={cancel.error}
        onConfirm={() => cancel.mutate(init)}
      >
        <p>The quote ends, offers on it can no longer be accepted, and the supplier is told. This cannot be undone.</p>
      </Confirm>
    </>
  );
}
