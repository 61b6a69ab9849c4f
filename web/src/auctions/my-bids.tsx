import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Problem } from '../api/problem.ts';
import { Button } from '../design/button.tsx';
import { Instant, Money } from '../design/figures.tsx';
import { Section } from '../design/page.tsx';
import { Status } from '../design/status.tsx';
import { TableFrame } from '../design/table-frame.tsx';
import { live } from '../live/live.ts';
import type { Auction, MyBid } from './auction.ts';
import { ReceiptActions } from './bid-answer.tsx';
import { shortHash } from './receipt.ts';
import { receiptOfRefusal, refusedFor } from './refusal.ts';

const kinds: Record<MyBid['type'], string> = {
  bid: 'Bid',
  buy_now: 'Buy now',
  stay: 'Stay',
  retract: 'Taken back',
};

/** Every bid of mine with its limit, which nobody else sees, and its receipt. */
export function MyBids({ auction, mine }: { auction: Auction; mine: readonly MyBid[] }) {
  if (mine.length === 0) return null;
  return (
    <Section title="Your bids" plain>
      <TableFrame
        label="Your bids"
        heads={[
          { text: 'Entry', align: 'right' },
          { text: 'When' },
          { text: 'What' },
          { text: 'Limit per tonne', align: 'right' },
          { text: 'Answer' },
          { text: 'Proof' },
        ]}
      >
        {mine.map((bid) => (
          <tr key={bid.sequence} className="border-t border-line">
            <td className="figures px-3 py-2 text-right">{bid.sequence}</td>
            <td className="px-3 py-2">
              <Instant at={bid.at} />
            </td>
            <td className="px-3 py-2">{kinds[bid.type]}</td>
            <td className="px-3 py-2 text-right">
              <Money amount={bid.amount} currency={auction.currency} />
            </td>
            <td className="min-w-40 px-3 py-2">
              {bid.outcome === 'accepted' ? (
                <Status tone="green">Taken</Status>
              ) : (
                <>
                  <Status tone="red">Refused</Status>
                  <span className="block text-xs text-muted">{refusedFor(bid.code)}</span>
                </>
              )}
            </td>
            <td className="px-3 py-2">
              <Proof auctionId={auction.auctionId} bid={bid} />
            </td>
          </tr>
        ))}
      </TableFrame>
    </Section>
  );
}

/** The hash, and the signed receipt: the same bid asked again under its key is answered as the first time. */
function Proof({ auctionId, bid }: { auctionId: string; bid: MyBid }) {
  const [receipt, setReceipt] = useState<string>();
  const fetchReceipt = useMutation({
    mutationFn: async ({ key, amount }: MyBid) => {
      const body = { type: 'bid', key, amount };
      try {
        return String((await live.ask({ type: 'bid', auctionId, body })).receipt);
      } catch (error) {
        const found = receiptOfRefusal(error);
        if (found === undefined) throw error;
        return found;
      }
    },
    onSuccess: setReceipt,
  });
  const hash = <code title={bid.hash}>{shortHash(bid.hash)}</code>;
  if (receipt) return <ReceiptActions receipt={receipt} />;
  return (
    <span className="flex flex-wrap items-center gap-2 text-xs">
      {hash}
      {bid.type === 'bid' && (
        <Button size="sm" variant="quiet" busy={fetchReceipt.isPending} onClick={() => fetchReceipt.mutate(bid)}>
          Receipt
        </Button>
      )}
      {fetchReceipt.error && (
        <span role="alert" className="text-red">
          {fetchReceipt.error instanceof Problem ? fetchReceipt.error.detail : 'The receipt did not come.'}
        </span>
      )}
    </span>
  );
}
