import { useState } from 'react';
import { server } from '../api/client.ts';
import { Button } from '../design/button.tsx';
import { Confirm } from '../design/dialog.tsx';
import { Money } from '../design/figures.tsx';
import { useToast } from '../design/toasts.tsx';
import { formatCount } from '../money/format.ts';
import type { Tried } from './decide.tsx';
import { useRefreshRfq } from './refresh-rfq.ts';
import type { Rfq } from './rfq.ts';

/** What every award does, in the words of its confirmation. */
export function AwardConsequences({ rfq }: { rfq: Rfq }) {
  const { standstillHours = 48 } = rfq.terms;
  return (
    <p>
      Every supplier that responded is told now how it fared.{' '}
      {standstillHours === 0
        ? 'There is no standstill: contracts are made at once and you cannot take the award back.'
        : `For ${formatCount(standstillHours)} hours you may take the award back; then contracts are made for both sides to sign.`}{' '}
      No money moves before a contract is signed.
    </p>
  );
}

/** Awards a split that was worked out, after saying what that is. */
export function AwardSplit({
  rfq,
  tried: { body, scenario },
  nameOf,
}: {
  rfq: Rfq;
  tried: Tried;
  nameOf(supplierId: string): string;
}) {
  const [isOpen, setOpen] = useState(false);
  const refresh = useRefreshRfq();
  const toast = useToast();
  const award = server.useMutation('post', '/api/rfqs/{id}/award', {
    onSuccess: async () => {
      await refresh();
      toast('The request is awarded.');
    },
  });
  const { currency, amount, items, supplierIds } = scenario;
  const count = supplierIds.length;
  return (
    <div className="flex justify-end">
      <Button variant="primary" onClick={() => setOpen(true)}>
        Award this split
      </Button>
      <Confirm
        open={isOpen}
        onClose={() => setOpen(false)}
        onConfirm={() => award.mutate({ params: { path: { id: rfq.rfqId } }, body })}
        title="Award this split"
        action="Award it"
        busy={award.isPending}
        problem={award.error}
      >
        <p>
          You award{' '}
          <strong>
            <Money amount={amount} currency={currency} />
          </strong>{' '}
          to {count === 1 ? 'one supplier' : `${count} suppliers`}:
        </p>
        <ul className="list-disc pl-5">
          {items.map(({ responseId, offerId, supplierId, lineId, quantityKg, amount: each }) => (
            <li key={`${responseId} ${offerId}`}>
              {nameOf(supplierId)}, {lineId}: {formatCount(quantityKg)} kg for{' '}
              <Money amount={each} currency={currency} />
            </li>
          ))}
        </ul>
        <AwardConsequences rfq={rfq} />
      </Confirm>
    </div>
  );
}
