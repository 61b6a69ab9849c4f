import { useState } from 'react';
import { server } from '../api/client.ts';
import type { Answer } from '../api/shapes.ts';
import { Button } from '../design/button.tsx';
import { Instant, Money } from '../design/figures.tsx';
import { Facts, Section } from '../design/page.tsx';
import { Empty, QueryView } from '../design/query-view.tsx';
import { Status, type Tone } from '../design/status.tsx';
import { toMinor } from '../money/amount.ts';
import { TopUp } from './top-up.tsx';
import { Withdraw } from './withdraw.tsx';

export type Balance = Answer<'/api/payments/balances'>['items'][number];
type Deposit = Balance['deposits'][number];

const depositStates: Record<Deposit['status'], { label: string; tone: Tone }> = {
  held: { label: 'Held', tone: 'blue' },
  released: { label: 'Free again', tone: 'green' },
  applied: { label: 'Put towards an order', tone: 'green' },
  forfeited: { label: 'Lost', tone: 'red' },
};

/** My balances by currency: what is free, what is held of them, and the ways in and out. */
export function Balances() {
  const balances = server.useQuery('get', '/api/payments/balances', {}, { refetchInterval: 10_000 });
  const [isToppingUp, setToppingUp] = useState(false);
  return (
    <Section title="Balances" plain actions={<Button onClick={() => setToppingUp(true)}>Top up a balance</Button>}>
      <QueryView query={balances} rows={2}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title="You have no balance">Deposits for auctions are held of a balance. Top one up first.</Empty>
          ) : (
            <div className="grid items-start gap-3 lg:grid-cols-2">
              {items.map((balance) => (
                <BalanceCard key={balance.balanceId} balance={balance} />
              ))}
            </div>
          )
        }
      </QueryView>
      <TopUp open={isToppingUp} onClose={() => setToppingUp(false)} />
    </Section>
  );
}

function BalanceCard({ balance }: { balance: Balance }) {
  const [isWithdrawing, setWithdrawing] = useState(false);
  const { available, held, received, returned, currency, deposits } = balance;
  const isFree = toMinor(available, currency) > 0n;
  return (
    <div className="grid gap-4 rounded-md border border-line bg-surface p-4">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div>
          <p className="text-xs text-muted">Free in {currency}</p>
          <p className="text-xl font-semibold">
            <Money amount={available} currency={currency} />
          </p>
        </div>
        <Button size="sm" disabled={!isFree} onClick={() => setWithdrawing(true)}>
          Withdraw
        </Button>
      </div>
      {!isFree && <p className="text-sm text-muted">Nothing is free to withdraw.</p>}
      <Facts
        columns={3}
        facts={[
          ['Held for deposits', <Money key="held" amount={held} currency={currency} />],
          ['Wired in, ever', <Money key="received" amount={received} currency={currency} />],
          ['Sent back, ever', <Money key="returned" amount={returned} currency={currency} />],
        ]}
      />
      {deposits.length > 0 && (
        <ul className="grid gap-2 border-t border-line pt-3 text-sm">
          {deposits.map((deposit) => (
            <li key={deposit.depositId} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
              <span>
                Deposit for an auction, <Instant at={deposit.placedAt} />
              </span>
              <span className="flex items-center gap-3">
                <Money amount={deposit.amount} currency={currency} />
                <Status tone={depositStates[deposit.status].tone}>{depositStates[deposit.status].label}</Status>
              </span>
            </li>
          ))}
        </ul>
      )}
      <Withdraw balance={balance} open={isWithdrawing} onClose={() => setWithdrawing(false)} />
    </div>
  );
}
