import { useMutation } from '@tanstack/react-query';
import { api } from '../api/client.ts';
import { Button } from '../design/button.tsx';
import { Refusal } from '../design/fields.tsx';
import { Notice } from '../design/notice.tsx';
import { Section } from '../design/page.tsx';
import type { MyBid } from './auction.ts';
import { saveText } from './bid-answer.tsx';
import { checkLog } from './log-check.ts';

/** The whole log of an auction that is over: to keep, and to check on this device without trusting the platform. */
export function AuctionLog({ auctionId, mine }: { auctionId: string; mine: readonly MyBid[] }) {
  const fetchLog = async () => {
    const { data } = await api.GET('/api/auctions/{id}/log', { params: { path: { id: auctionId } } });
    if (!data) throw new Error('The log did not come.');
    return data;
  };
  const save = useMutation({
    mutationFn: fetchLog,
    onSuccess: (log) => saveText(`auction-${auctionId}.json`, `${JSON.stringify(log, null, 2)}\n`),
  });
  const check = useMutation({
    mutationFn: async () => checkLog(await fetchLog(), new Map(mine.map(({ sequence, hash }) => [sequence, hash]))),
  });
  return (
    <Section title="Documents and proof">
      <div className="grid gap-3">
        <p className="max-w-prose text-muted">
          The log has every bid with its exact limit and what the rules said to it. Each row carries the hash of the row
          before it, so none can be altered without all after it. Checking recomputes every hash on this device
          {mine.length > 0 && ' and compares the rows of your bids'}.
        </p>
        <div className="flex flex-wrap gap-2">
          <Button busy={check.isPending} onClick={() => check.mutate()}>
            Check the log
          </Button>
          <Button busy={save.isPending} onClick={() => save.mutate()}>
            Download the log
          </Button>
        </div>
        {check.data?.whole && (
          <Notice tone="green" title={`The log is whole: ${check.data.rows} rows, each follows from the one before it`}>
            Hash of the last row: <code className="break-all">{check.data.headHash}</code>
          </Notice>
        )}
        {check.data && !check.data.whole && (
          <Notice tone="red" title={`Row ${check.data.row} of the log is not what it was`}>
            {check.data.why}
          </Notice>
        )}
        {(check.error ?? save.error) && <Refusal problem={check.error ?? save.error} />}
      </div>
    </Section>
  );
}
