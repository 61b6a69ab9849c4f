import { useState } from 'react';
import { server } from '../api/client.ts';
import { Button } from '../design/button.tsx';
import { Confirm } from '../design/dialog.tsx';
import { Instant, Money } from '../design/figures.tsx';
import { Section } from '../design/page.tsx';
import type { Tone } from '../design/status.tsx';
import { Status } from '../design/status.tsx';
import { useToast } from '../design/toasts.tsx';
import { formatCount } from '../money/format.ts';
import { useIsPast } from './countdown.ts';
import { useRefreshRfq } from './refresh-rfq.ts';
import type { HandIn, Rfq } from './rfq.ts';

const statusWords: Record<HandIn['status'], { tone: Tone; text: string }> = {
  sealed: { tone: 'blue', text: 'Sealed' },
  replaced: { tone: 'plain', text: 'Replaced' },
  withdrawn: { tone: 'plain', text: 'Taken back' },
  opened: { tone: 'green', text: 'Opened' },
  unreadable: { tone: 'red', text: 'Could not be opened' },
};

/** What a supplier handed in, the newest first, each with the receipt that proves it. */
export function OwnResponses({ rfq, handIns }: { rfq: Rfq; handIns: readonly HandIn[] }) {
  const isPast = useIsPast(rfq.deadlineAt);
  const canWithdraw = rfq.status === 'published' && !isPast && handIns.some(({ status }) => status === 'sealed');
  return (
    <Section title="Your responses" actions={canWithdraw && <Withdraw rfqId={rfq.rfqId} />}>
      {handIns.length === 0 ? (
        <p className="text-muted">You have handed in nothing.</p>
      ) : (
        <ol className="grid gap-4">
          {[...handIns]
            .sort((a, b) => b.version - a.version)
            .map((handIn) => (
              <HandedIn key={handIn.responseId} handIn={handIn} currency={rfq.currency} />
            ))}
        </ol>
      )}
    </Section>
  );
}

function HandedIn({ handIn, currency }: { handIn: HandIn; currency: string }) {
  const { version, rfqVersion, acknowledgedVersion, status, submittedAt, withdrawnAt, contentSha256, content } = handIn;
  const { tone, text } = statusWords[status];
  return (
    <li className="grid gap-1">
      <p className="flex flex-wrap items-center gap-3">
        <span className="font-semibold">Response {version}</span>
        <Status tone={tone}>{text}</Status>
      </p>
      <p className="text-xs text-muted">
        handed in <Instant at={submittedAt} /> for version {rfqVersion} of the terms
        {acknowledgedVersion && `, let stand for version ${acknowledgedVersion}`}
        {withdrawnAt && (
          <>
            {' '}
            · taken back <Instant at={withdrawnAt} />
          </>
        )}
      </p>
      {content && (
        <ul className="text-sm">
          {content.offers.map((offer) => (
            <li key={offer.offerId}>
              {offer.lineId}
              {offer.alternate && ', alternate'}: up to {formatCount(offer.quantityKg)} kg at{' '}
              <Money amount={offer.price} currency={currency} /> a tonne, {offer.incoterm}, {offer.leadDays} days
            </li>
          ))}
        </ul>
      )}
      <p className="text-xs break-all text-muted">
        SHA-256 of the content <code className="figures">{contentSha256}</code>
      </p>
      <p>
        <Receipt handIn={handIn} />
      </p>
    </li>
  );
}

function Receipt({ handIn: { responseId, version, receipt, withdrawalReceipt } }: { handIn: HandIn }) {
  const proof = JSON.stringify({ responseId, version, receipt, withdrawalReceipt }, null, 2);
  return (
    <a
      className="text-sm text-accent underline"
      href={`data:application/json;charset=utf-8,${encodeURIComponent(proof)}`}
      download={`receipt-response-${version}.json`}
    >
      Download the signed receipt
    </a>
  );
}

function Withdraw({ rfqId }: { rfqId: string }) {
  const [isOpen, setOpen] = useState(false);
  const refresh = useRefreshRfq();
  const toast = useToast();
  const withdraw = server.useMutation('post', '/api/rfqs/{id}/responses/withdraw', {
    onSuccess: async () => {
      await refresh();
      toast('Your response is taken back.');
      setOpen(false);
    },
  });
  return (
    <>
      <Button variant="danger" size="sm" onClick={() => setOpen(true)}>
        Take it back
      </Button>
      <Confirm
        open={isOpen}
        onClose={() => setOpen(false)}
        onConfirm={() => withdraw.mutate({ params: { path: { id: rfqId } } })}
        title="Take your response back"
        action="Take it back"
        danger
        busy={withdraw.isPending}
        problem={withdraw.error}
      >
        <p>Your response will never be opened and does not count. You may hand in another one until the deadline.</p>
      </Confirm>
    </>
  );
}
