import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { server } from '../api/client.ts';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { Form, SelectField } from '../design/fields.tsx';
import { enteredMoney, MoneyField } from '../money/money-field.tsx';

const currencies = ['USD', 'EUR', 'GBP', 'CHF', 'JPY', 'CNY', 'AUD'] as const;

/** Announces a wire to my balance; the answer is the reference to send it with. */
export function TopUp({ open, onClose }: { open: boolean; onClose(): void }) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [currency, setCurrency] = useState<string>(currencies[0]);
  const topUp = server.useMutation('post', '/api/payments/balances/top-ups', {
    onSuccess: async ({ paymentId }) => {
      onClose();
      await queries.invalidateQueries();
      await navigate({ to: '/payments/$paymentId', params: { paymentId } });
    },
  });
  const submit = (data: FormData) => {
    const amount = enteredMoney(data, 'amount', currency);
    if (amount) topUp.mutate({ body: { currency, amount } });
  };
  return (
    <Dialog open={open} onClose={onClose} title="Top up a balance">
      <Form problem={topUp.error} onSubmit={submit}>
        <SelectField
          name="currency"
          label="Currency"
          value={currency}
          onChange={(event) => setCurrency(event.currentTarget.value)}
          choices={currencies.map((value) => ({ value, label: value }))}
        />
        <MoneyField key={currency} name="amount" label="Amount to wire" currency={currency} required />
        <p className="text-sm text-muted">
          No money moves yet: next you see where to wire it and with which reference. It is free in your balance once
          the wire has arrived.
        </p>
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>Not now</Button>
          <Button type="submit" variant="primary" busy={topUp.isPending}>
            Get the wire instructions
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
