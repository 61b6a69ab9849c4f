import { type ReactNode, useState } from 'react';
import { server } from '../api/client.ts';
import { Button, ButtonLink } from '../design/button.tsx';
import { Confirm, Dialog } from '../design/dialog.tsx';
import { Instant } from '../design/figures.tsx';
import { Notice } from '../design/notice.tsx';
import { useToast } from '../design/toasts.tsx';
import { ReasonForm } from '../orders/reason-form.tsx';
import { untilText, useIsPast, useNow } from './countdown.ts';
import { useRefreshRfq } from './refresh-rfq.ts';
import type { AwardView, HandIn, Rfq } from './rfq.ts';

/** How long is left until a deadline, beside the exact instant. */
export function Countdown({ at }: { at: string }) {
  const left = untilText(at, useNow());
  return (
    <span role="timer" aria-live="off" className="figures font-semibold whitespace-nowrap">
      {left ?? 'Now'}
    </span>
  );
}

/** What happens next and what its buyer has to do for it. */
export function BuyersNextStep({ rfq, award }: { rfq: Rfq; award: AwardView['award'] | undefined }) {
  const { rfqId, status, deadlineAt, decideBy } = rfq;
  const isPast = useIsPast(deadlineAt);
  if (status === 'draft') {
    return (
      <Notice
        tone="amber"
        title="This is a draft. Nobody else sees it until you send it out."
        action={
          <ButtonLink to="/rfq/new" search={{ draft: rfqId, step: 'review' }} variant="primary">
            Review and send it out
          </ButtonLink>
        }
      />
    );
  }
  if (status === 'published') {
    return !isPast ? (
      <Notice tone="blue" title="Responses are sealed until the deadline." action={<Countdown at={deadlineAt} />}>
        Until <Instant at={deadlineAt} /> nobody can read them: neither you nor Clearlot, and you do not see how many
        there are.
      </Notice>
    ) : (
      <Notice tone="blue" title="The deadline has passed. Responses are being opened.">
        This page shows them as soon as they are open.
      </Notice>
    );
  }
  if (status === 'closed') return <ToEvaluate rfq={rfq} />;
  if (status === 'evaluated') {
    return (
      <Notice tone="amber" title="It is yours to decide: work out a split below and award it.">
        Decide by <Instant at={decideBy} />; after that the request expires and the offers with it.
      </Notice>
    );
  }
  if (status === 'awarded') return <AwardedNext award={award} />;
  if (status === 'contracted')
    return <Notice tone="green" title="Every contract is signed. The orders are under way." />;
  return (
    <Notice tone="plain" title={status === 'cancelled' ? 'You cancelled this request.' : 'This request expired.'}>
      {rfq.cancelReason ?? 'Nothing was awarded.'}
    </Notice>
  );
}

function AwardedNext({ award }: { award: AwardView['award'] | undefined }) {
  if (award?.status === 'standstill') {
    return (
      <Notice
        tone="blue"
        title="The award stands still: suppliers may object, and you may take it back."
        action={<Countdown at={award.standstillUntil} />}
      >
        After <Instant at={award.standstillUntil} /> contracts are made and it is binding.
      </Notice>
    );
  }
  return (
    <Notice
      tone="amber"
      title="Contracts wait for signatures."
      action={
        <ButtonLink to="/documents" variant="primary">
          Sign contracts
        </ButtonLink>
      }
    >
      Each contract is binding once both sides have signed; its order begins then.
    </Notice>
  );
}

function ToEvaluate({ rfq: { rfqId, buyers } }: { rfq: Rfq }) {
  const [isOpen, setOpen] = useState(false);
  const refresh = useRefreshRfq();
  const toast = useToast();
  const close = server.useMutation('post', '/api/rfqs/{id}/evaluate', {
    onSuccess: async () => {
      await refresh();
      toast('The evaluation is closed; you can award now.');
      setOpen(false);
    },
  });
  const count = buyers?.responses ?? 0;
  return (
    <Notice
      tone="amber"
      title={count === 1 ? 'One response was opened.' : `${count} responses were opened.`}
      action={
        <Button variant="primary" onClick={() => setOpen(true)}>
          Close the evaluation
        </Button>
      }
    >
      Compare them below. Close the evaluation when you have seen what you need; then you can award.
      <Confirm
        open={isOpen}
        onClose={() => setOpen(false)}
        onConfirm={() => close.mutate({ params: { path: { id: rfqId } } })}
        title="Close the evaluation"
        action="Close the evaluation"
        busy={close.isPending}
        problem={close.error}
      >
        <p>The request becomes ready to award. The ranking stays as the terms make it; nobody is told anything yet.</p>
      </Confirm>
    </Notice>
  );
}

/** What happens next and what a supplier may do for it. */
export function SuppliersNextStep({ rfq, current }: { rfq: Rfq; current: HandIn | undefined }) {
  const { rfqId, version, deadlineAt } = rfq;
  const isPast = useIsPast(deadlineAt);
  const respond = (label: string, variant: 'primary' | 'secondary') => (
    <ButtonLink to="/rfq/$rfqId/respond" params={{ rfqId }} variant={variant}>
      {label}
    </ButtonLink>
  );
  const left = (action: ReactNode) => (
    <div className="flex flex-wrap items-center gap-4">
      <Countdown at={deadlineAt} />
      {action}
    </div>
  );
  if (rfq.status === 'published' && !isPast) {
    if (!current) {
      return (
        <Notice tone="amber" title="You have not responded yet." action={left(respond('Respond', 'primary'))}>
          Your response is sealed until <Instant at={deadlineAt} />. Until then you may replace it or take it back.
        </Notice>
      );
    }
    const standsFor = current.acknowledgedVersion ?? current.rfqVersion;
    if (standsFor < version) {
      return (
        <Notice
          tone="amber"
          title={`The terms changed: your response is for version ${standsFor}, they are at version ${version}.`}
          action={left(<Acknowledge rfqId={rfqId} version={version} />)}
        >
          Read what changed below. Let your response stand as it is, or replace it; otherwise it does not count.
        </Notice>
      );
    }
    return (
      <Notice
        tone="green"
        title="Your response is sealed and counts."
        action={left(respond('Replace it', 'secondary'))}
      >
        It is opened at <Instant at={deadlineAt} />. The newest response counts.
      </Notice>
    );
  }
  if (rfq.status === 'published' || rfq.status === 'closed' || rfq.status === 'evaluated') {
    return (
      <Notice tone="blue" title={current ? 'The buyer has your response.' : 'Responses are no longer taken.'}>
        The buyer decides by <Instant at={rfq.decideBy} />. You are told how you fared.
      </Notice>
    );
  }
  if (rfq.status === 'cancelled' || rfq.status === 'expired') {
    return <Notice title={`The request was ${rfq.status === 'cancelled' ? 'cancelled' : 'not decided in time'}.`} />;
  }
  return null;
}

function Acknowledge({ rfqId, version }: { rfqId: string; version: number }) {
  const refresh = useRefreshRfq();
  const toast = useToast();
  const acknowledge = server.useMutation('post', '/api/rfqs/{id}/responses/acknowledge', {
    onSuccess: async () => {
      await refresh();
      toast(`Your response stands for version ${version}.`);
    },
    onError: ({ detail }) => toast(detail),
  });
  return (
    <div className="flex flex-wrap gap-2">
      <Button
        variant="primary"
        busy={acknowledge.isPending}
        onClick={() => acknowledge.mutate({ params: { path: { id: rfqId } }, body: { rfqVersion: version } })}
      >
        Let it stand
      </Button>
    </div>
  );
}

const cancellable: readonly Rfq['status'][] = ['draft', 'published', 'closed', 'evaluated'];

/** Amending and cancelling, where the state allows it. */
export function BuyersActions({ rfq }: { rfq: Rfq }) {
  const [isOpen, setOpen] = useState(false);
  const isPast = useIsPast(rfq.deadlineAt);
  const refresh = useRefreshRfq();
  const toast = useToast();
  const cancel = server.useMutation('post', '/api/rfqs/{id}/cancel', {
    onSuccess: async () => {
      await refresh();
      toast('The request is cancelled.');
      setOpen(false);
    },
  });
  const { rfqId, status } = rfq;
  return (
    <>
      {status === 'draft' && (
        <ButtonLink to="/rfq/new" search={{ draft: rfqId }}>
          Edit the draft
        </ButtonLink>
      )}
      {status === 'published' && !isPast && (
        <ButtonLink to="/rfq/$rfqId/amend" params={{ rfqId }}>
          Amend the terms
        </ButtonLink>
      )}
      {cancellable.includes(status) && (
        <Button variant="quiet" onClick={() => setOpen(true)}>
          Cancel the request
        </Button>
      )}
      <Dialog open={isOpen} onClose={() => setOpen(false)} title="Cancel the request">
        <ReasonForm
          action="Cancel the request"
          problem={cancel.error}
          busy={cancel.isPending}
          maxLength={2_000}
          onClose={() => setOpen(false)}
          onReason={(reason) => cancel.mutate({ params: { path: { id: rfqId } }, body: { reason } })}
        >
          {status === 'draft'
            ? 'The draft is closed for good. Nobody else has seen it.'
            : 'The request ends without an award. Everybody who responded is told, with your reason. This cannot be undone.'}
        </ReasonForm>
      </Dialog>
    </>
  );
}
