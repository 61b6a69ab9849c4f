import { useState } from 'react';
import { api } from '../../api/client.ts';
import type { Body } from '../../api/shapes.ts';
import { ButtonLink } from '../../design/button.tsx';
import { formatCount, formatMoney } from '../../money/format.ts';
import { Act } from '../act.tsx';
import { usePeople } from '../people/directory.ts';
import { CountInput } from './count-input.tsx';
import type { Overview } from './deal-course.ts';

type Offer = Overview['participations'][number];

const isDecidable = (deal: Overview) => deal.status === 'open' || deal.status === 'allocated';

/** What is due on one offer of shares. */
export function OfferActs({ deal, offer }: { deal: Overview; offer: Offer }) {
  const { status, holdingId } = offer;
  if (!isDecidable(deal) || !['submitted', 'verified', 'approved', 'allocated'].includes(status)) return null;
  return (
    <div className="flex flex-wrap gap-1.5">
      {status === 'submitted' && (
        <ButtonLink to="/admin/holdings" search={{ open: holdingId }} size="sm">
          Review the holding
        </ButtonLink>
      )}
      {(status === 'verified' || status === 'approved') && <Approve offer={offer} />}
      {deal.price !== null && (status === 'approved' || status === 'allocated') && (
        <AllocateByHand deal={deal} offer={offer} price={deal.price} />
      )}
      {status !== 'allocated' && <TurnDown offer={offer} />}
    </div>
  );
}

const decide = (offer: Offer, body: Body<'/api/admin/participations/{id}', 'put'>) =>
  api.PUT('/api/admin/participations/{id}', { params: { path: { id: offer.participationId } }, body });

function Approve({ offer }: { offer: Offer }) {
  const [shares, setShares] = useState(offer.approvedShares ?? offer.sharesToSell);
  const name = usePeople()(offer.sellerId);
  return (
    <Act
      label={offer.status === 'approved' ? 'Change' : 'Approve'}
      size="sm"
      title={`Approve the offer of ${name}?`}
      action={`Approve ${formatCount(shares)} shares`}
      done={`${formatCount(shares)} shares of ${name} are approved.`}
      run={(notes) => decide(offer, { status: 'approved', approvedShares: shares, ...(notes ? { notes } : {}) })}
      reason={{ label: 'Remark', hint: 'The seller reads it.', optional: true }}
    >
      <p>
        {name} offered {formatCount(offer.sharesToSell)} {offer.shareType} shares. {formatCount(shares)} of them can be
        allocated; the rest is free again.
      </p>
      <CountInput label="Shares to approve" value={shares} max={offer.sharesToSell} onChange={setShares} />
    </Act>
  );
}

function AllocateByHand({ deal, offer, price }: { deal: Overview; offer: Offer; price: number | string }) {
  const most = offer.approvedShares ?? offer.sharesToSell;
  const [shares, setShares] = useState(offer.allocatedShares || most);
  const name = usePeople()(offer.sellerId);
  return (
    <Act
      label="Allocate by hand"
      size="sm"
      title={`Allocate shares of ${name} by hand?`}
      action={`Allocate ${formatCount(shares)} shares`}
      done={`${name} sells ${formatCount(shares)} shares.`}
      run={(notes) => decide(offer, { status: 'allocated', allocatedShares: shares, ...(notes ? { notes } : {}) })}
      reason={{ label: 'Remark', hint: 'The seller reads it.', optional: true }}
    >
      <p>
        {name} sells {formatCount(shares)} of {formatCount(most)} approved shares at {formatMoney(price, deal.currency)}{' '}
        each, in place of {formatCount(offer.allocatedShares)} now. The deal can be locked only when both sides come to
        the same shares.
      </p>
      <CountInput label="Shares to allocate" value={shares} max={most} onChange={setShares} />
    </Act>
  );
}

function TurnDown({ offer }: { offer: Offer }) {
  const name = usePeople()(offer.sellerId);
  return (
    <Act
      label="Turn down"
      variant="danger"
      size="sm"
      title={`Turn the offer of ${name} down?`}
      action="Turn down"
      done={`The offer of ${name} is turned down.`}
      run={(notes) => decide(offer, { status: 'rejected', notes })}
      reason={{ label: 'Why', hint: 'The seller reads it.' }}
    >
      <p>
        {formatCount(offer.sharesToSell)} {offer.shareType} shares of {name} leave this deal and are free again. This
        cannot be taken back; they may offer anew.
      </p>
    </Act>
  );
}
