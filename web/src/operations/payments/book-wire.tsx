import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/client.ts';
import { Button } from '../../design/button.tsx';
import { Dialog } from '../../design/dialog.tsx';
import { Form, TextField } from '../../design/fields.tsx';
import { Notice } from '../../design/notice.tsx';
import { useToast } from '../../design/toasts.tsx';
import { formatMoney } from '../../money/format.ts';
import { MoneyField } from '../../money/money-field.tsx';
import { instantOf } from '../local-time.ts';
import { type Payment, wireOutcome } from './wire-outcome.ts';

/** Books a wire that the bank shows against a payment: what it does is said before. */
export function BookWire({
  payment,
  size = 'sm',
  variant = 'secondary',
}: {
  payment: Payment;
  size?: 'sm' | 'md';
  variant?: 'primary' | 'secondary';
}) {
  const [open, setOpen] = useState(false);
  if (payment.status === 'cancelled' || (payment.type === 'outgoing' && payment.status === 'confirmed')) return null;
  const label = payment.type === 'outgoing' ? 'Confirm sent' : 'Book a wire';
  return (
    <>
      <Button size={size} variant={variant} aria-label={`${label}, ${payment.reference}`} onClick={() => setOpen(true)}>
        {label}
      </Button>
      <Dialog open={open} onClose={() => setOpen(false)} title={`${label}: ${payment.reference}`}>
        <WireForm payment={payment} onClose={() => setOpen(false)} />
      </Dialog>
    </>
  );
}

function WireForm({ payment, onClose }: { payment: Payment; onClose(): void }) {
  const { paymentId, type, currency, amount: full, remainingAmount } = payment;
  const expected = String(type === 'outgoing' ? full : remainingAmount);
  const [amount, setAmount] = useState<string | undefined>(Number(expected) > 0 ? expected : undefined);
  const queries = useQueryClient();
  const toast = useToast();
  const book = useMutation({
    mutationFn: (body: { amount: string; wireReference: string; receivedAt?: string }) =>
      api.POST('/api/admin/payments/{id}/confirm', { params: { path: { id: paymentId } }, body }),
    onSuccess: ({ data }) => {
      const duplicate = data?.wires.at(-1)?.match === 'duplicate';
      toast(duplicate ? 'This wire was booked before: recorded as a duplicate, nothing moved.' : 'The wire is booked.');
      void queries.invalidateQueries();
      onClose();
    },
  });
  const outcome = amount === undefined ? undefined : wireOutcome(payment, amount);
  const submit = (data: FormData) => {
    if (amount === undefined || !outcome?.bookable) return;
    const receivedAt = String(data.get('receivedAt') ?? '');
    book.mutate({
      amount,
      wireReference: String(data.get('wireReference')).trim(),
      ...(receivedAt ? { receivedAt: instantOf(receivedAt) } : {}),
    });
  };
  return (
    <Form problem={book.error} onSubmit={submit}>
      <MoneyField
        name="amount"
        label="Amount the bank shows"
        currency={currency}
        defaultValue={amount ?? ''}
        required
        onAmount={setAmount}
      />
      <TextField
        name="wireReference"
        label="The bank’s reference of the wire"
        hint="Each wire counts once: the same reference again moves nothing."
        required
        maxLength={200}
        autoComplete="off"
      />
      <TextField
        name="receivedAt"
        type="datetime-local"
        label={type === 'outgoing' ? 'Sent at' : 'Received at'}
        hint="In your own time zone. Left empty, it is now."
      />
      {outcome && (
        <Notice tone={outcome.bookable ? 'blue' : 'amber'} title={outcome.sentence}>
          {outcome.bookable ? 'Booked wires cannot be taken back.' : 'Nothing can be booked with this amount.'}
        </Notice>
      )}
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>Not now</Button>
        <Button type="submit" variant="primary" busy={book.isPending} disabled={!outcome?.bookable}>
          {amount === undefined ? 'Book the wire' : `Book ${formatMoney(amount, currency)}`}
        </Button>
      </div>
    </Form>
  );
}
