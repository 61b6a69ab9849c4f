import { useState } from 'react';
import { server } from '../api/client.ts';
import { Button } from '../design/button.tsx';
import { Confirm } from '../design/dialog.tsx';
import { Count } from '../design/figures.tsx';
import { useToast } from '../design/toasts.tsx';
import type { Auction, LiveState } from './auction.ts';
import { useRefreshAuction } from './use-auction.ts';

/** The owner may call an auction off before anybody has bid. */
export function CancelAuction({ auction, live }: { auction: Auction; live: LiveState }) {
  const [open, setOpen] = useState(false);
  const toast = useToast();
  const cancel = server.useMutation('post', '/api/auctions/{id}/cancel', {
    onSuccess: () => {
      setOpen(false);
      toast('The auction is called off.');
    },
    onSettled: useRefreshAuction(auction.auctionId),
  });
  if (live.bids > 0 || live.status === 'closed' || live.status === 'cancelled') return null;
  return (
    <div>
      <Button variant="danger" onClick={() => setOpen(true)}>
        Call it off
      </Button>
      <Confirm
        open={open}
        onClose={() => setOpen(false)}
        onConfirm={() => cancel.mutate({ params: { path: { id: auction.auctionId } } })}
        title="Call the auction off"
        action="Call it off"
        danger
        busy={cancel.isPending}
        problem={cancel.error}
      >
        <p>
          The auction ends without a sale, and the deposits of <Count value={auction.joined} /> who joined go back. Once
          somebody has bid it can no longer be called off. This cannot be undone.
        </p>
      </Confirm>
    </div>
  );
}
