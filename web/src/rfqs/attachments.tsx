import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { upload } from '../api/client.ts';
import { Button } from '../design/button.tsx';
import { FileField, Form } from '../design/fields.tsx';
import { Instant } from '../design/figures.tsx';
import { useToast } from '../design/toasts.tsx';
import { useRefreshRfq } from './refresh-rfq.ts';
import type { Rfq } from './rfq.ts';

/** Files that everybody reads whom the request is sent to. */
export function Attachments({ rfq: { rfqId, attachments }, canAdd }: { rfq: Rfq; canAdd: boolean }) {
  return (
    <div className="grid gap-4">
      {attachments.length === 0 ? (
        <p className="text-muted">No file is attached.</p>
      ) : (
        <ul className="grid gap-2">
          {attachments.map(({ documentId, fileName, sha256, createdAt }) => (
            <li key={documentId}>
              <a href={`/api/documents/${documentId}`} className="font-medium break-all text-accent underline">
                {fileName}
              </a>
              <p className="text-xs text-muted">
                attached <Instant at={createdAt} /> · SHA-256{' '}
                <code title={sha256} className="figures">
                  {sha256.slice(0, 16)}…
                </code>
              </p>
            </li>
          ))}
        </ul>
      )}
      {canAdd && <Attach rfqId={rfqId} />}
    </div>
  );
}

function Attach({ rfqId }: { rfqId: string }) {
  const refresh = useRefreshRfq();
  const toast = useToast();
  const [round, setRound] = useState(0);
  const attach = useMutation({
    mutationFn: (body: FormData) => upload(`/api/rfqs/${rfqId}/attachments`, body),
    onSuccess: async () => {
      await refresh();
      toast('The file is attached.');
      setRound((before) => before + 1);
    },
  });
  return (
    <Form key={round} problem={attach.error} onSubmit={(data) => attach.mutate(data)} className="max-w-md">
      <FileField
        name="file"
        label="Attach a file"
        hint="A specification or drawing, such as a PDF, CSV or Word file. Everybody the request is sent to can read it."
        required
      />
      <div>
        <Button type="submit" busy={attach.isPending}>
          Attach
        </Button>
      </div>
    </Form>
  );
}
