import { useState } from 'react';
import { server } from '../api/client.ts';
import { Button } from '../design/button.tsx';
import { Confirm } from '../design/dialog.tsx';
import { Form } from '../design/fields.tsx';
import { Instant, Money } from '../design/figures.tsx';
import { Notice } from '../design/notice.tsx';
import { useToast } from '../design/toasts.tsx';
import { fromMinor, toMinor } from '../money/amount.ts';
import { enteredMoney, MoneyField } from '../money/money-field.tsx';
import type { Side } from '../quotes/quote-state.ts';
import type { Delivery, Dispute, Order } from './order-state.ts';
import { useRefreshOrders } from './refresh-orders.ts';

interface Given {
  order: Order;
  delivery: Delivery;
  dispute: Dispute;
}

/** A dispute: what it is about, what is proposed, and how it ended. */
export function DisputeView({ order, delivery, dispute, side }: Given & { side: Side | undefined }) {
  const { currency, status, openedBy, proposedBy, proposedRelease } = dispute;
  const name = (who: Side) => (who === side ? 'You' : `The ${who}`);
  if (status !== 'open') {
    return (
      <Notice title={status === 'withdrawn' ? 'A dispute was taken back' : 'A dispute was settled'}>
        {name(openedBy)} opened it <Instant at={dispute.openedAt} />: “{dispute.reason}”.{' '}
        {status === 'resolved' && (
          <>
            <Money amount={dispute.release} currency={currency} /> released,{' '}
            <Money amount={dispute.refund} currency={currency} /> returned,{' '}
            {dispute.resolvedBy === 'operator' ? 'decided by an operator' : 'by agreement'}
            {dispute.resolution && `: “${dispute.resolution}”`}.
          </>
        )}
      </Notice>
    );
  }
  return (
    <section aria-label="Dispute" className="grid gap-4 rounded-md border border-amber p-4">
      <div>
        <h3 className="font-semibold">
          Dispute, opened by {openedBy === side ? 'you' : `the ${openedBy}`} <Instant at={dispute.openedAt} />
        </h3>
        <p className="max-w-prose whitespace-pre-line">{dispute.reason}</p>
      </div>
      <p>
        {proposedBy ? (
          <>
            {name(proposedBy)} proposed to release <Money amount={proposedRelease} currency={currency} />.
          </>
        ) : (
          'No amount has been proposed yet.'
        )}{' '}
        Undisputed it would pay <Money amount={delivery.settlement?.payable} currency={currency} />. If you two do not
        agree, an operator decides.
      </p>
      {side && <Actions order={order} delivery={delivery} dispute={dispute} side={side} />}
    </section>
  );
}

function useDone(said: string, after?: () => void) {
  const refresh = useRefreshOrders();
  const toast = useToast();
  return {
    onSuccess: async () => {
      after?.();
      toast(said);
      await refresh();
    },
    onError: () => void refresh(),
  };
}

function Actions({ order, delivery, dispute, side }: Given & { side: Side }) {
  const [act, setAct] = useState<'accept' | 'withdraw'>();
  const close = () => setAct(undefined);
  const { currency, proposedBy, proposedRelease, openedBy } = dispute;
  const init = { params: { path: { id: order.orderId, disputeId: dispute.disputeId } } };
  const propose = server.useMutation(
    'post',
    '/api/orders/{id}/disputes/{disputeId}/propose',
    useDone('Your proposal is with the other side.'),
  );
  const accept = server.useMutation(
    'post',
    '/api/orders/{id}/disputes/{disputeId}/accept',
    useDone('Agreed: the money moves as proposed.', close),
  );
  const withdraw = server.useMutation(
    'post',
    '/api/orders/{id}/disputes/{disputeId}/withdraw',
    useDone('The dispute is taken back.', close),
  );
  const isTheirs = proposedBy !== null && proposedBy !== side && proposedRelease !== null;
  return (
    <div className="grid gap-4">
      <div className="flex flex-wrap gap-2">
        {isTheirs && (
          <Button variant="primary" onClick={() => setAct('accept')}>
            Accept the proposal
          </Button>
        )}
        {openedBy === side && <Button onClick={() => setAct('withdraw')}>Take the dispute back</Button>}
      </div>
      <Form
        problem={propose.error}
        onSubmit={(data) => {
          const release = enteredMoney(data, 'release', currency);
          if (release) propose.mutate({ ...init, body: { release } });
        }}
        className="max-w-md"
      >
        <MoneyField name="release" label="Propose to release to the supplier" currency={currency} required />
        <div className="flex flex-wrap gap-2">
          <Button type="submit" busy={propose.isPending}>
            Propose this amount
          </Button>
          <Button
            variant="quiet"
            busy={propose.isPending}
            onClick={() => propose.mutate({ ...init, body: { release: '0' } })}
          >
            Propose to release nothing
          </Button>
        </div>
      </Form>
      {isTheirs && (
        <Confirm
          open={act === 'accept'}
          onClose={close}
          title="Accept the proposal"
          action="Accept and settle"
          busy={accept.isPending}
          problem={accept.error}
          onConfirm={() => accept.mutate({ ...init, body: { release: proposedRelease } })}
        >
          <p className="text-lg">
            <strong className="font-semibold">
              <Money amount={proposedRelease} currency={currency} />
            </strong>{' '}
            leaves escrow for the supplier and{' '}
            <strong className="font-semibold">
              <Money amount={refundOf(proposedRelease, delivery, currency)} currency={currency} />
            </strong>{' '}
            goes back to the buyer. The dispute ends; this cannot be undone.
          </p>
        </Confirm>
      )}
      <Confirm
        open={act === 'withdraw'}
        onClose={close}
        title="Take the dispute back"
        action="Take it back"
        busy={withdraw.isPending}
        problem={withdraw.error}
        onConfirm={() => withdraw.mutate(init)}
      >
        <p>
          The delivery goes on from where it was, with a new deadline:{' '}
          {delivery.inspection ? 'to accept' : 'to inspect'} it. Nothing is released by this.
        </p>
      </Confirm>
    </div>
  );
}

/** What the delivery would have paid beyond the release goes back at once. */
function refundOf(release: number | string, { settlement }: Delivery, currency: string): string {
  const rest = toMinor(settlement?.payable ?? 0, currency) - toMinor(release, currency);
  return fromMinor(rest > 0n ? rest : 0n, currency);
}
