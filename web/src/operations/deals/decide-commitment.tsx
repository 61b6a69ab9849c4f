import { useState } from 'react';
import { api } from '../../api/client.ts';
import type { Body } from '../../api/shapes.ts';
import { timesCount, toMinor } from '../../money/amount.ts';
import { formatCount, formatMoney } from '../../money/format.ts';
import { Act } from '../act.tsx';
import { usePeople } from '../people/directory.ts';
import { CountInput } from './count-input.tsx';
import type { Overview } from './deal-course.ts';

type Commitment = Overview['commitments'][number];

/** What is due on one commitment of funds. */
export function CommitmentActs({ deal, commitment }: { deal: Overview; commitment: Commitment }) {
  const { status } = commitment;
  const isDecidable = deal.status === 'open' || deal.status === 'allocated';
  if (!isDecidable || !['submitted', 'approved', 'allocated'].includes(status)) return null;
  return (
    <div className="flex flex-wrap gap-1.5">
      {status === 'submitted' && <Approve commitment={commitment} />}
      {deal.price !== null && status !== 'submitted' && (
        <AllocateByHand deal={deal} commitment={commitment} price={deal.price} />
      )}
      {status !== 'allocated' && <TurnDown commitment={commitment} />}
    </div>
  );
}

const decide = (commitment: Commitment, body: Body<'/api/admin/commitments/{id}', 'put'>) =>
  api.PUT('/api/admin/commitments/{id}', { params: { path: { id: commitment.commitmentId } }, body });

function Approve({ commitment }: { commitment: Commitment }) {
  const name = usePeople()(commitment.buyerId);
  const amount = formatMoney(commitment.commitmentAmount, commitment.currency);
  return (
    <Act
      label="Approve"
      size="sm"
      title={`Approve the commitment of ${name}?`}
      action={`Approve ${amount}`}
      done={`The commitment of ${name} is approved.`}
      run={(notes) => decide(commitment, { status: 'approved', ...(notes ? { notes } : {}) })}
      reason={{ label: 'Remark', hint: 'The buyer reads it.', optional: true }}
    >
      <p>
        {amount} of {name} can be allocated. The platform checks now that they are accredited, and again before money is
        released.
      </p>
    </Act>
  );
}

function AllocateByHand({
  deal,
  commitment,
  price,
}: {
  deal: Overview;
  commitment: Commitment;
  price: number | string;
}) {
  const { currency } = deal;
  const most = Number(toMinor(commitment.commitmentAmount, currency) / toMinor(price, currency));
  const [shares, setShares] = useState(commitment.allocatedShares || most);
  const name = usePeople()(commitment.buyerId);
  const amount = timesCount(price, shares, currency);
  return (
    <Act
      label="Allocate by hand"
      size="sm"
      title={`Allocate shares to ${name} by hand?`}
      action={`Allocate ${formatMoney(amount, currency)}`}
      done={`${name} buys ${formatCount(shares)} shares.`}
      run={(notes) => decide(commitment, { status: 'allocated', allocatedAmount: amount, ...(notes ? { notes } : {}) })}
      reason={{ label: 'Remark', hint: 'The buyer reads it.', optional: true }}
    >
      <p>
        {name} buys {formatCount(shares)} shares at {formatMoney(price, currency)} each and pays{' '}
        {formatMoney(amount, currency)} of {formatMoney(commitment.commitmentAmount, currency)} committed, in place of{' '}
        {formatCount(commitment.allocatedShares)} shares now. The deal can be locked only when both sides come to the
        same shares.
      </p>
      <CountInput label="Shares to allocate" value={shares} max={most} onChange={setShares} />
    </Act>
  );
}

function TurnDown({ commitment }: { commitment: Commitment }) {
  const name = usePeople()(commitment.buyerId);
  return (
    <Act
      label="Turn down"
      variant="danger"
      size="sm"
      title={`Turn the commitment of ${name} down?`}
      action="Turn down"
      done={`The commitment of ${name} is turned down.`}
      run={(notes) => decide(commitment, { status: 'rejected', notes })}
      reason={{ label: 'Why', hint: 'The buyer reads it.' }}
    >
      <p>
        {formatMoney(commitment.commitmentAmount, commitment.currency)} of {name} leave this deal; no money was called.
        This cannot be taken back; they may commit anew.
      </p>
    </Act>
  );
}
