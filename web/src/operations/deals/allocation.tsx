import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, server } from '../../api/client.ts';
import { Button } from '../../design/button.tsx';
import { Form } from '../../design/fields.tsx';
import { Count, Money } from '../../design/figures.tsx';
import { Notice } from '../../design/notice.tsx';
import { Facts, Section } from '../../design/page.tsx';
import { words } from '../../design/status.tsx';
import { formatCount, formatMoney } from '../../money/format.ts';
import { enteredMoney, MoneyField } from '../../money/money-field.tsx';
import { Act } from '../act.tsx';
import { usePeople } from '../people/directory.ts';
import { SideTable } from '../side-table.tsx';
import { type Allocation, totalsOf, unusedOf } from './allocation-totals.ts';
import type { Overview } from './deal-course.ts';

/** Tries a price: who would get what and why, on both sides, with sums; then applies exactly that. */
export function AllocationDesk({ deal }: { deal: Overview }) {
  const { dealId, currency, priceMin, priceMax, price } = deal;
  const [preview, setPreview] = useState<Allocation>();
  const queries = useQueryClient();
  const ask = server.useMutation('post', '/api/admin/deals/{id}/allocate', { onSuccess: setPreview });
  const path = { params: { path: { id: dealId } } };
  const submit = (data: FormData) => {
    const entered = enteredMoney(data, 'price', currency);
    if (entered) ask.mutate({ ...path, body: { price: entered } });
  };
  return (
    <Section title={deal.status === 'allocated' ? 'Allocate again' : 'Allocate'}>
      <div className="grid gap-5">
        <Form problem={ask.error} onSubmit={submit} className="max-w-md">
          <MoneyField
            name="price"
            label="Price per share, the same for everybody"
            currency={currency}
            min={priceMin}
            max={priceMax}
            defaultValue={price === null ? '' : String(price)}
            required
            hint="A preview changes nothing."
          />
          <div>
            <Button type="submit" busy={ask.isPending}>
              Preview
            </Button>
          </div>
        </Form>
        {preview && (
          <Preview
            deal={deal}
            allocation={preview}
            onApplied={() => {
              setPreview(undefined);
              void queries.invalidateQueries();
            }}
          />
        )}
      </div>
    </Section>
  );
}

function Preview({ deal, allocation, onApplied }: { deal: Overview; allocation: Allocation; onApplied(): void }) {
  const { currency, price, totalShares, totalAmount, supplyShares, demandShares, targetShares } = allocation;
  const totals = totalsOf(allocation);
  const names = useNames(deal);
  return (
    <div className="grid gap-5 border-t border-line pt-5" role="status">
      <p className="text-lg font-semibold">
        {formatCount(totalShares)} shares at {formatMoney(price, currency)} clear for{' '}
        {formatMoney(totalAmount, currency)}
      </p>
      <Facts
        columns={3}
        facts={[
          ['Offered at this price', <Count key="supply" value={supplyShares} unit="shares" />],
          ['Committed at this price', <Count key="demand" value={demandShares} unit="shares" />],
          ['Wanted at most', <Count key="target" value={targetShares} unit="shares" />],
        ]}
      />
      <SideTable
        caption="Sellers"
        headings={['Seller', 'Approved shares', 'Sells', 'Proceeds', 'Why']}
        rows={allocation.participations.map((each) => ({
          key: each.participationId,
          cells: [
            names(each.participationId),
            <Count key="asked" value={each.requestedShares} />,
            <Count key="given" value={each.allocatedShares} />,
            <Money key="money" amount={each.proceeds} currency={currency} />,
            reasonOf(each.reason),
          ],
        }))}
        total={[
          'Total',
          '',
          <Count key="sum" value={totals.soldShares} />,
          <Money key="money" amount={totals.proceeds} currency={currency} />,
          '',
        ]}
      />
      <SideTable
        caption="Buyers"
        headings={['Buyer', 'Commitment', 'Buys', 'Pays', 'Not used', 'Why']}
        rows={allocation.commitments.map((each) => ({
          key: each.commitmentId,
          cells: [
            names(each.commitmentId),
            <Money key="asked" amount={each.commitmentAmount} currency={currency} />,
            <Count key="given" value={each.allocatedShares} />,
            <Money key="money" amount={each.allocatedAmount} currency={currency} />,
            <Money key="rest" amount={each.unusedAmount} currency={currency} />,
            reasonOf(each.reason),
          ],
        }))}
        total={[
          'Total',
          '',
          <Count key="sum" value={totals.boughtShares} />,
          <Money key="money" amount={totals.payments} currency={currency} />,
          <Money key="rest" amount={unusedOf(allocation)} currency={currency} />,
          '',
        ]}
      />
      {totals.exact ? (
        <p className="text-sm text-green">
          Checked: both sides come to {formatCount(totalShares)} shares and {formatMoney(totalAmount, currency)}.
        </p>
      ) : (
        <Notice tone="red" title="The columns do not add up to the totals">
          Do not apply this. Preview again; if it stays, report it with this page.
        </Notice>
      )}
      {totals.exact && <Apply deal={deal} allocation={allocation} onApplied={onApplied} />}
    </div>
  );
}

function Apply({ deal, allocation, onApplied }: { deal: Overview; allocation: Allocation; onApplied(): void }) {
  const { currency, price, totalShares, totalAmount, participations, commitments } = allocation;
  const given = (each: { allocatedShares: number }) => each.allocatedShares > 0;
  const [sellers, buyers] = [participations.filter(given).length, commitments.filter(given).length];
  return (
    <div>
      <Act
        label="Apply this allocation"
        variant="primary"
        title="Apply this allocation?"
        action={`Allocate at ${formatMoney(price, currency)}`}
        done="The allocation is applied. Check it once more, then lock it."
        run={() =>
          api.POST('/api/admin/deals/{id}/allocate', {
            params: { path: { id: deal.dealId } },
            body: { price, apply: true },
          })
        }
        onDone={onApplied}
      >
        <p>
          {sellers} {sellers === 1 ? 'seller sells' : 'sellers sell'} {formatCount(totalShares)} shares to {buyers}{' '}
          {buyers === 1 ? 'buyer' : 'buyers'} at {formatMoney(price, currency)} each,{' '}
          {formatMoney(totalAmount, currency)} in total. Those with shares are told only when you lock it; until then
          you may allocate again.
        </p>
      </Act>
    </div>
  );
}

/** Names of sellers and buyers by the id of their offer or commitment. */
function useNames(deal: Overview): (subjectId: string) => string {
  const people = usePeople();
  const owners = new Map([
    ...deal.participations.map(({ participationId, sellerId }) => [participationId, sellerId] as const),
    ...deal.commitments.map(({ commitmentId, buyerId }) => [commitmentId, buyerId] as const),
  ]);
  return (id) => people(owners.get(id) ?? id);
}

function reasonOf(reason: string): string {
  const reasons: Record<string, string> = {
    full: 'In full',
    prorated: 'In proportion',
    price_below_minimum: 'Price is below the seller’s minimum',
    below_one_share: 'Amount is below one share',
    rounded_to_zero: 'Share of it rounds to none',
  };
  return reasons[reason] ?? words(reason);
}
