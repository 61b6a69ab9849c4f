import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { server } from '../api/client.ts';
import { isAboutFields } from '../api/problem.ts';
import { Button } from '../design/button.tsx';
import { Confirm, Dialog } from '../design/dialog.tsx';
import { Form } from '../design/fields.tsx';
import { Money } from '../design/figures.tsx';
import { useToast } from '../design/toasts.tsx';
import { fromMinor, toMinor } from '../money/amount.ts';
import { enteredMoney, MoneyField } from '../money/money-field.tsx';
import type { Balance } from './balances.tsx';

/** Has free money of a balance sent back, after a sentence of how much that leaves. */
export function Withdraw({ balance, open, onClose }: { balance: Balance; open: boolean; onClose(): void }) {
  const { balanceId, currency, available } = balance;
  const queries = useQueryClient();
  const toast = useToast();
  const [amount, setAmount] = useState<string>();
  const withdraw = server.useMutation('post', '/api/payments/balances/{id}/withdrawals', {
    onSuccess: async () => {
      close();
      toast('Clearlot sends the money to your bank.');
      await queries.invalidateQueries();
    },
    onError: (error) => {
      if (isAboutFields(error)) setAmount(undefined);
    },
  });
  const close = () => {
    setAmount(undefined);
    withdraw.reset();
    onClose();
  };
  return (
    <>
      <Dialog open={open && amount === undefined} onClose={close} title="Withdraw from your balance">
        <Form problem={withdraw.error} onSubmit={(data) => setAmount(enteredMoney(data, 'amount', currency))}>
          <MoneyField
            name="amount"
            label="Amount"
            currency={currency}
            min={fromMinor(1n, currency)}
            max={available}
            required
            hint={
              <>
                <Money amount={available} currency={currency} /> is free
              </>
            }
          />
          <div className="flex flex-wrap justify-end gap-2">
            <Button onClick={close}>Not now</Button>
            <Button type="submit" variant="primary">
              Review
            </Button>
          </div>
        </Form>
      </Dialog>
      <Confirm
        open={amount !== undefined}
        onClose={close}
        onConfirm={() => {
          if (amount) withdraw.mutate({ params: { path: { id: balanceId } }, body: { amount } });
        }}
        title="Withdraw from your balance"
        action="Withdraw it"
        busy={withdraw.isPending}
        problem={withdraw.error}
      >
        {amount && (
          <p>
            <Money amount={amount} currency={currency} /> leaves your balance at once and is wired to you.{' '}
            <Money
              amount={fromMinor(toMinor(available, currency) - toMinor(amount, currency), currency)}
              currency={currency}
            />{' '}
            stays free. This cannot be taken back.
          </p>
        )}
      </Confirm>
    </>
  );
}
