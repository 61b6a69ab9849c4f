import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api/client.ts';
import { Button } from '../design/button.tsx';
import { Confirm } from '../design/dialog.tsx';
import { useToast } from '../design/toasts.tsx';
import { formatCount, formatMoney } from '../money/format.ts';
import { kindLabel } from './holding-words.ts';
import { isOffer, type Part, partId, type Standing } from './standing.ts';

/** Takes an offer or a commitment back, as long as that is possible. */
export function Withdraw({ part, standing }: { part: Part; standing: Standing }) {
  const [asking, setAsking] = useState(false);
  const queries = useQueryClient();
  const toast = useToast();
  const withdraw = useMutation({
    mutationFn: async () => {
      const params = { path: { id: partId(part) } };
      await (isOffer(part)
        ? api.POST('/api/participations/{id}/withdraw', { params })
        : api.POST('/api/commitments/{id}/withdraw', { params }));
    },
    onSuccess: async () => {
      await queries.invalidateQueries();
      setAsking(false);
      toast(isOffer(part) ? 'Your offer is withdrawn.' : 'Your commitment is withdrawn.');
    },
  });
  const canWithdraw = standing.dealStatus === 'open' && ['submitted', 'verified', 'approved'].includes(part.status);
  if (!canWithdraw) return null;
  return (
    <>
      <Button size="sm" variant="danger" onClick={() => setAsking(true)}>
        Withdraw
      </Button>
      <Confirm
        open={asking}
        onClose={() => setAsking(false)}
        onConfirm={() => withdraw.mutate()}
        title={isOffer(part) ? 'Withdraw your offer?' : 'Withdraw your commitment?'}
        action="Withdraw"
        danger
        busy={withdraw.isPending}
        problem={withdraw.error}
      >
        <p>
          {isOffer(part)
            ? `Your offer of ${formatCount(part.sharesToSell)} ${kindLabel(part.shareType)} shares ends and they are free again.`
            : `Your commitment of ${formatMoney(part.commitmentAmount, standing.currency)} ends. No money was called.`}{' '}
          You can take part again while the deal is open.
        </p>
      </Confirm>
    </>
  );
}
