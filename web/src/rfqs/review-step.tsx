import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { server } from '../api/client.ts';
import { Button } from '../design/button.tsx';
import { Confirm } from '../design/dialog.tsx';
import { Instant } from '../design/figures.tsx';
import { Notice } from '../design/notice.tsx';
import { Section } from '../design/page.tsx';
import { useToast } from '../design/toasts.tsx';
import { SupplierLink } from '../suppliers/supplier-link.tsx';
import { Attachments } from './attachments.tsx';
import { useIsPast } from './countdown.ts';
import { useRefreshRfq } from './refresh-rfq.ts';
import type { Rfq } from './rfq.ts';
import { EvaluationRules, LinesTable, TermsFacts } from './terms-view.tsx';

/** The request as suppliers will read it, and sending it out. */
export function ReviewStep({ draft }: { draft: Rfq }) {
  const isPast = useIsPast(draft.deadlineAt);
  const invited = draft.buyers?.invitedSupplierIds ?? [];
  return (
    <div className="grid gap-6">
      {isPast && (
        <Notice tone="red" title="The deadline is in the past.">
          Choose a later one in “Dates and rules” before you send it out.
        </Notice>
      )}
      <Section title={draft.title} plain>
        <LinesTable lines={draft.terms.lines} />
      </Section>
      <Section title="Terms">
        <TermsFacts terms={draft.terms} currency={draft.currency} />
      </Section>
      <Section title="How offers are compared">
        <EvaluationRules terms={draft.terms} currency={draft.currency} />
      </Section>
      <Section title="Who may respond">
        {draft.visibility === 'open' ? (
          <p>Every verified supplier. Those that fit are told.</p>
        ) : (
          <ul className="list-disc pl-5">
            {invited.map((supplierId) => (
              <li key={supplierId}>
                <SupplierLink supplierId={supplierId} />
              </li>
            ))}
          </ul>
        )}
      </Section>
      <Section title="Documents">
        <Attachments rfq={draft} canAdd />
      </Section>
      <Publish draft={draft} disabled={isPast} />
    </div>
  );
}

function Publish({ draft, disabled }: { draft: Rfq; disabled: boolean }) {
  const [isOpen, setOpen] = useState(false);
  const navigate = useNavigate();
  const refresh = useRefreshRfq();
  const toast = useToast();
  const { rfqId, deadlineAt, visibility, buyers } = draft;
  const publish = server.useMutation('post', '/api/rfqs/{id}/publish', {
    onSuccess: async () => {
      await refresh();
      toast('The request is sent out.');
      await navigate({ to: '/rfq/$rfqId', params: { rfqId } });
    },
  });
  const count = buyers?.invitedSupplierIds.length ?? 0;
  return (
    <div className="flex justify-end">
      <Button variant="primary" disabled={disabled} onClick={() => setOpen(true)}>
        Send it out
      </Button>
      <Confirm
        open={isOpen}
        onClose={() => setOpen(false)}
        onConfirm={() => publish.mutate({ params: { path: { id: rfqId } } })}
        title="Send the request out"
        action="Send it out"
        busy={publish.isPending}
        problem={publish.error}
      >
        <p>
          {visibility === 'open'
            ? 'Every verified supplier can read it now, and those that fit are told.'
            : count === 1
              ? 'The supplier that you invited is told now.'
              : `The ${count} suppliers that you invited are told now.`}{' '}
          Responses are sealed until <Instant at={deadlineAt} />.
        </p>
        <p>
          Until then you can amend the terms, which everybody reads, and move the deadline later, never earlier. Sending
          it out commits you to nothing.
        </p>
      </Confirm>
    </div>
  );
}
