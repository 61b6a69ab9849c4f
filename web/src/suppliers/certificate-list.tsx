import { useState } from 'react';
import { server } from '../api/client.ts';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { Form, SelectField, TextField } from '../design/fields.tsx';
import { Instant } from '../design/figures.tsx';
import { Status } from '../design/status.tsx';
import { useToast } from '../design/toasts.tsx';
import { certificateKinds } from '../products/commodity.ts';
import type { MyCompany } from './application-state.ts';
import { useRefreshCompany } from './company-form.tsx';

const dayMs = 86_400_000;
const soonDays = 60;

/** Certificates: buyers see those that are valid, and find by them. */
export function CertificateList({ company }: { company: MyCompany }) {
  const [adding, setAdding] = useState(false);
  return (
    <div className="grid gap-4">
      {company.certificates.length === 0 ? (
        <p className="text-muted">None yet. Buyers look for ISO 9001 and for the IRMA standard most.</p>
      ) : (
        <ul className="grid gap-3">
          {company.certificates.map(({ certificateId, kind, number, issuedBy, validFrom, expiresOn }) => (
            <li key={certificateId} className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
              <span>
                <strong className="font-semibold">{kind}</strong> no. {number}, issued by {issuedBy}
              </span>
              <span className="flex items-center gap-2 text-sm text-muted">
                <span>
                  <Instant at={validFrom} dateOnly /> to <Instant at={expiresOn} dateOnly />
                </span>
                <Validity from={validFrom} to={expiresOn} />
              </span>
            </li>
          ))}
        </ul>
      )}
      <div>
        <Button onClick={() => setAdding(true)}>Add a certificate</Button>
      </div>
      <Dialog open={adding} onClose={() => setAdding(false)} title="Add a certificate">
        <AddCertificate company={company} onDone={() => setAdding(false)} />
      </Dialog>
    </div>
  );
}

function Validity({ from, to }: { from: string; to: string }) {
  const now = Date.now();
  const end = Date.parse(to) + dayMs;
  if (now < Date.parse(from)) return <Status>Not valid yet</Status>;
  if (now >= end) return <Status tone="red">Expired</Status>;
  return end - now < soonDays * dayMs ? (
    <Status tone="amber">Expires soon</Status>
  ) : (
    <Status tone="green">Valid</Status>
  );
}

function dayAfter(day: string): string | undefined {
  return day ? new Date(Date.parse(day) + dayMs).toISOString().slice(0, 10) : undefined;
}

function AddCertificate({ company, onDone }: { company: MyCompany; onDone(): void }) {
  const [validFrom, setValidFrom] = useState('');
  const refresh = useRefreshCompany();
  const toast = useToast();
  const add = server.useMutation('post', '/api/suppliers/my/certificates', {
    onSuccess: async () => {
      toast('The certificate is added.');
      onDone();
      await refresh();
    },
  });
  const submit = (data: FormData) => {
    const said = (name: string) => String(data.get(name) ?? '').trim();
    add.mutate({
      body: {
        kind: said('kind'),
        number: said('number'),
        issuedBy: said('issuedBy'),
        validFrom: said('validFrom'),
        expiresOn: said('expiresOn'),
        documentId: said('documentId') || null,
      },
    });
  };
  return (
    <Form problem={add.error} onSubmit={submit} className="sm:grid-cols-2">
      <TextField
        name="kind"
        label="Standard"
        hint="Buyers filter by exactly this, such as ISO9001."
        list="certificate-kinds"
        required
        maxLength={40}
      />
      <datalist id="certificate-kinds">
        {certificateKinds.map((kind) => (
          <option key={kind} value={kind} />
        ))}
      </datalist>
      <TextField name="number" label="Number" required maxLength={100} />
      <div className="sm:col-span-2">
        <TextField name="issuedBy" label="Issued by" required maxLength={200} />
      </div>
      <TextField
        name="validFrom"
        label="Valid from"
        type="date"
        required
        onChange={(event) => setValidFrom(event.currentTarget.value)}
      />
      <TextField name="expiresOn" label="Valid until" type="date" min={dayAfter(validFrom)} required />
      {company.documents.length > 0 && (
        <div className="sm:col-span-2">
          <SelectField
            name="documentId"
            label="Shown by the paper"
            choices={[
              { value: '', label: 'None of them' },
              ...company.documents.map(({ documentId, fileName }) => ({ value: documentId, label: fileName })),
            ]}
          />
        </div>
      )}
      <div className="sm:col-span-2">
        <Button type="submit" variant="primary" busy={add.isPending}>
          Add the certificate
        </Button>
      </div>
    </Form>
  );
}
