import { api } from '../../api/client.ts';
import { formatCount, formatInstant, formatMoney } from '../../money/format.ts';
import { Act } from '../act.tsx';
import type { Overview } from './deal-course.ts';

const path = (dealId: string) => ({ params: { path: { id: dealId } } });

/** What an operator can do to a deal as a whole in its state: the next step first, calling it off last. */
export function DealActs({ deal }: { deal: Overview }) {
  const { status, settlement } = deal;
  const isReleased = settlement !== null && ['releasing', 'paying_out', 'settled'].includes(settlement.state);
  return (
    <>
      {status === 'draft' && <Open deal={deal} />}
      {status === 'allocated' && <Lock deal={deal} />}
      {status === 'locked' && settlement?.state === 'funding' && <Release deal={deal} />}
      {status === 'settled' && <Close deal={deal} />}
      {['draft', 'open', 'allocated', 'locked'].includes(status) && !isReleased && <Cancel deal={deal} />}
    </>
  );
}

function Open({ deal: { dealId, name, targetShares, priceMin, priceMax, currency, closesAt } }: { deal: Overview }) {
  return (
    <Act
      label="Open the deal"
      variant="primary"
      title={`Open ${name}?`}
      action="Open it"
      done="The deal is open."
      run={() => api.POST('/api/admin/deals/{id}/open', path(dealId))}
    >
      <p>
        Sellers and buyers see {name} and can join until {formatInstant(closesAt)}: {formatCount(targetShares)} shares
        at most, between {formatMoney(priceMin, currency)} and {formatMoney(priceMax, currency)} each. The terms cannot
        be changed any more.
      </p>
    </Act>
  );
}

function Lock({ deal }: { deal: Overview }) {
  const { dealId, totals, currency, price, participations, commitments } = deal;
  const allocated = (each: { status: string }) => each.status === 'allocated';
  const [sellers, buyers] = [participations.filter(allocated).length, commitments.filter(allocated).length];
  const leftOut = [...participations, ...commitments].filter(({ status }) =>
    ['submitted', 'verified', 'approved'].includes(status),
  ).length;
  return (
    <Act
      label="Lock the allocation"
      variant="primary"
      title="Lock this allocation?"
      action="Lock and send agreements"
      done="The allocation is locked. Agreements are on their way."
      run={() => api.POST('/api/admin/deals/{id}/lock', path(dealId))}
    >
      <p>
        {formatCount(totals.sharesAllocated)} shares of {sellers} {sellers === 1 ? 'seller' : 'sellers'} go to {buyers}{' '}
        {buyers === 1 ? 'buyer' : 'buyers'} for {formatMoney(totals.amountAllocated, currency)}
        {price === null ? '' : `, at ${formatMoney(price, currency)} each`}. Nobody can join, change or withdraw after
        this, and agreements are sent for signature.
      </p>
      {leftOut > 0 && (
        <p>
          {leftOut}{' '}
          {leftOut === 1
            ? 'offer or commitment without an allocation is'
            : 'offers and commitments without an allocation are'}{' '}
          let go.
        </p>
      )}
    </Act>
  );
}

function Release({ deal: { dealId, totals, currency, settlement } }: { deal: Overview }) {
  if (!settlement?.blockedReason) return null;
  return (
    <Act
      label="Try the release again"
      variant="primary"
      title="Try the release again?"
      action="Try again"
      done="The release was tried again. See below how it stands."
      run={() => api.POST('/api/admin/deals/{id}/release', path(dealId))}
    >
      <p>
        If every buyer is accredited now, {formatMoney(totals.amountFunded, currency)} leaves escrow for the sellers.
        This cannot be undone. If somebody still is not, nothing moves.
      </p>
    </Act>
  );
}

function Close({ deal: { dealId, name, totals, currency } }: { deal: Overview }) {
  return (
    <Act
      label="Close the deal"
      variant="primary"
      title={`Close ${name}?`}
      action="Close it"
      done="The deal is closed."
      run={() => api.POST('/api/admin/deals/{id}/close', path(dealId))}
    >
      <p>
        {formatCount(totals.sharesAllocated)} shares were transferred and {formatMoney(totals.amountPaidOut, currency)}{' '}
        was paid out. Its books are closed and cannot be opened again.
      </p>
    </Act>
  );
}

function Cancel({ deal: { dealId, name, status, totals, currency } }: { deal: Overview }) {
  return (
    <Act
      label="Call it off"
      variant="danger"
      title={`Call ${name} off?`}
      action="Call it off"
      done="The deal is called off."
      run={(reason) => api.POST('/api/admin/deals/{id}/cancel', { ...path(dealId), body: { reason } })}
      reason={{ label: 'Why', hint: 'Everybody who takes part reads it.' }}
    >
      <p>
        Everybody is let go, {formatCount(totals.sharesOffered)} shares are free again
        {status === 'locked'
          ? `, agreements are void, and what is in escrow (${formatMoney(totals.amountFunded, currency)} from complete wires) is sent back`
          : ''}
        . This cannot be undone.
      </p>
    </Act>
  );
}
