import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { upload } from '../api/client.ts';
import { Button } from '../design/button.tsx';
import { FileField, Form, SelectField } from '../design/fields.tsx';
import { Instant } from '../design/figures.tsx';
import { words } from '../design/status.tsx';
import { useToast } from '../design/toasts.tsx';
import type { MyCompany } from './application-state.ts';
import { useRefreshCompany } from './company-form.tsx';

const kinds = ['registration', 'tax', 'beneficial_owners', 'export_licence', 'audit_report', 'certificate', 'other'];

/** Papers that prove what a company says; only operators read them. */
export function EvidenceList({ company }: { company: MyCompany }) {
  const [formKey, setFormKey] = useState(0);
  const refresh = useRefreshCompany();
  const toast = useToast();
  const add = useMutation({
    mutationFn: ({ kind, body }: { kind: string; body: FormData }) =>
      upload(`/api/suppliers/my/documents?${new URLSearchParams({ kind })}`, body),
    onSuccess: async () => {
      toast('The paper is added.');
      setFormKey((before) => before + 1);
      await refresh();
    },
  });
  const submit = (data: FormData) => {
    const body = new FormData();
    const file = data.get('file');
    if (file) body.set('file', file);
    add.mutate({ kind: String(data.get('kind')), body });
  };
  return (
    <div className="grid gap-5">
      <p className="text-sm text-muted">
        An extract of the register and a tax registration are asked for first. Only operators read your papers.
      </p>
      {company.documents.length > 0 && (
        <ul className="grid gap-2">
          {company.documents.map(({ documentId, kind, fileName, createdAt }) => (
            <li key={documentId} className="flex flex-wrap items-baseline justify-between gap-x-6">
              <span>
                <Link
                  to="/documents/$documentId"
                  params={{ documentId }}
                  className="font-medium break-words text-accent underline"
                >
                  {fileName}
                </Link>{' '}
                <span className="text-sm text-muted">{words(kind)}</span>
              </span>
              <span className="text-xs text-muted">
                <Instant at={createdAt} />
              </span>
            </li>
          ))}
        </ul>
      )}
      <Form key={formKey} problem={add.error} onSubmit={submit} className="items-start sm:grid-cols-[12rem_1fr_auto]">
        <SelectField name="kind" label="Kind" choices={kinds.map((value) => ({ value, label: words(value) }))} />
        <FileField name="file" label="File" hint="PDF, PNG, JPEG, Word, Excel, CSV or text." required />
        <Button type="submit" busy={add.isPending} className="sm:mt-6">
          Add the paper
        </Button>
      </Form>
    </div>
  );
}
