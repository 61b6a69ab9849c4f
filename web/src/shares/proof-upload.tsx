import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { upload } from '../api/client.ts';
import { Button } from '../design/button.tsx';
import { FileField, Form } from '../design/fields.tsx';
import { useToast } from '../design/toasts.tsx';

/** Adds a file that proves something to it. */
export function ProofUpload({ path, hint }: { path: string; hint: string }) {
  const queries = useQueryClient();
  const toast = useToast();
  const [formKey, setFormKey] = useState(0);
  const add = useMutation({
    mutationFn: (body: FormData) => upload(path, body),
    onSuccess: async () => {
      toast('The file is added.');
      setFormKey((before) => before + 1);
      await queries.invalidateQueries();
    },
  });
  return (
    <Form key={formKey} problem={add.error} onSubmit={add.mutate} className="max-w-xl sm:grid-cols-[1fr_auto]">
      <FileField name="file" label="Proof" hint={hint} required accept=".pdf,.png,.jpg,.jpeg,.txt" />
      <Button type="submit" busy={add.isPending} className="self-start sm:mt-6">
        Upload
      </Button>
    </Form>
  );
}

/** Files that were added, each as the way to it. */
export function ProofList({ documents }: { documents: readonly { documentId: string; fileName: string }[] }) {
  if (documents.length === 0) return <p className="text-muted">No proof yet. Without one nothing can be verified.</p>;
  return (
    <ul className="grid gap-1">
      {documents.map(({ documentId, fileName }) => (
        <li key={documentId}>
          <a href={`/api/documents/${documentId}`} target="_blank" rel="noreferrer" className="text-accent underline">
            {fileName}
          </a>
        </li>
      ))}
    </ul>
  );
}
