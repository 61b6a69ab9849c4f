import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { api, server } from '../../api/client.ts';
import type { Answer } from '../../api/shapes.ts';
import { Button } from '../../design/button.tsx';
import { Confirm } from '../../design/dialog.tsx';
import { Form, SelectField, TextAreaField } from '../../design/fields.tsx';
import { Instant, Money } from '../../design/figures.tsx';
import { Facts } from '../../design/page.tsx';
import { QueryView } from '../../design/query-view.tsx';
import { useToast } from '../../design/toasts.tsx';
import { formatMoney } from '../../money/format.ts';
import { MoneyField } from '../../money/money-field.tsx';
import { SupplierLink } from '../../suppliers/supplier-link.tsx';
import { Person } from '../people/person.tsx';
import type { AdminDispute } from './disputes.tsx';
import { splitOf } from './split.ts';

type Delivery = Answer<'/api/orders/{id}'>['deliveries'][number];

/** A dispute with what was found in the delivery, and the decision: what is released, and why. */
export function DecideDispute({ dispute, onDone }: { dispute: AdminDispute; onDone(): void }) {
  const { orderId, deliveryId, currency } = dispute;
  const order = server.useQuery('get', '/api/orders/{id}', { params: { path: { id: orderId } } });
  const money = (amount: number | string | null | undefined) => <Money amount={amount} currency={currency} />;
  return (
    <QueryView query={order} rows={8}>
      {(it) => {
        const delivery = it.deliveries.find((each) => each.deliveryId === deliveryId);
        if (!delivery) return <p className="text-muted">The delivery is not part of this order any more.</p>;
        return (
          <div className="grid gap-5">
            <blockquote className="border-l-3 border-amber pl-3 whitespace-pre-line">{dispute.reason}</blockquote>
            <Facts
              facts={[
                [
                  'Order',
                  <Link key="order" to="/orders/$orderId" params={{ orderId }} className="text-accent underline">
                    {it.title}
                  </Link>,
                ],
                ['Opened', <Instant key="at" at={dispute.openedAt} />],
                ['Buyer', <Person key="buyer" id={it.buyerId} />],
                ['Supplier', <SupplierLink key="supplier" supplierId={it.supplierId} />],
                ['Reserved for this delivery', money(delivery.reserved)],
                ['Undisputed it would pay', money(delivery.settlement?.payable)],
                [
                  dispute.proposedBy ? `The ${dispute.proposedBy} proposed to release` : 'Proposed to release',
                  money(dispute.proposedRelease),
                ],
              ]}
            />
            <p className="text-sm text-muted">
              Weights, assay and papers are on the page of the order. Decide only what the two sides cannot agree on.
            </p>
            <Decision dispute={dispute} delivery={delivery} onDone={onDone} />
          </div>
        );
      }}
    </QueryView>
  );
}

interface Asked {
  release: string;
  refund: string;
  resolution: string;
}

function Decision({ dispute, delivery, onDone }: { dispute: AdminDispute; delivery: Delivery; onDone(): void }) {
  const { currency } = dispute;
  const [releasesNothing, setReleasesNothing] = useState(false);
  const [entered, setEntered] = useState<string>();
  const [asked, setAsked] = useState<Asked>();
  const release = releasesNothing ? '0' : entered;
  const split = release === undefined ? undefined : splitOf(delivery.reserved, release, currency);
  return (
    <>
      <Form
        problem={undefined}
        onSubmit={(data) => split && setAsked({ ...split, resolution: String(data.get('resolution')).trim() })}
      >
        <SelectField
          name="how"
          label="Decision"
          value={releasesNothing ? 'nothing' : 'amount'}
          onChange={(event) => setReleasesNothing(event.currentTarget.value === 'nothing')}
          choices={[
            { value: 'amount', label: 'Release an amount to the supplier' },
            { value: 'nothing', label: 'Release nothing: all of it goes back' },
          ]}
        />
        {!releasesNothing && (
          <MoneyField
            name="release"
            label="Release to the supplier"
            currency={currency}
            max={delivery.reserved}
            required
            onAmount={setEntered}
          />
        )}
        <p className="text-sm text-muted">
          {split
            ? `${formatMoney(split.release, currency)} goes to the supplier, ${formatMoney(split.refund, currency)} back to the buyer.`
            : `At most ${formatMoney(delivery.reserved, currency)}; the rest goes back to the buyer.`}
        </p>
        <TextAreaField
          name="resolution"
          label="Why"
          hint="Both sides read it, and it is kept with the order."
          required
          maxLength={2000}
        />
        <div>
          <Button type="submit" variant="primary" disabled={!split}>
            Decide
          </Button>
        </div>
      </Form>
      {asked && <LastWord dispute={dispute} asked={asked} onClose={() => setAsked(undefined)} onDone={onDone} />}
    </>
  );
}

function LastWord({
  dispute: { disputeId, currency },
  asked: { release, refund, resolution },
  onClose,
  onDone,
}: {
  dispute: AdminDispute;
  asked: Asked;
  onClose(): void;
  onDone(): void;
}) {
  const queries = useQueryClient();
  const toast = useToast();
  const decide = useMutation({
    mutationFn: () =>
      api.PUT('/api/admin/disputes/{id}', { params: { path: { id: disputeId } }, body: { release, resolution } }),
    onSuccess: () => {
      toast('The dispute is decided. The money moves by itself now.');
      void queries.invalidateQueries();
      onDone();
    },
  });
  return (
    <Confirm
      open
      onClose={onClose}
      onConfirm={() => decide.mutate()}
      title="Decide this dispute?"
      action="Decide it"
      busy={decide.isPending}
      problem={decide.error}
    >
      <p>
        {formatMoney(release, currency)} leaves escrow for the supplier and {formatMoney(refund, currency)} goes back to
        the buyer. This cannot be undone.
      </p>
      <p className="text-muted">“{resolution}”</p>
    </Confirm>
  );
}
