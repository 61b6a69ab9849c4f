import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { server } from '../api/client.ts';
import type { Answer } from '../api/shapes.ts';
import { Button, ButtonLink } from '../design/button.tsx';
import { CheckField, Form } from '../design/fields.tsx';
import { Instant } from '../design/figures.tsx';
import { Notice } from '../design/notice.tsx';
import { Facts, Page, Section } from '../design/page.tsx';
import { QueryView } from '../design/query-view.tsx';
import { Status } from '../design/status.tsx';
import { useToast } from '../design/toasts.tsx';
import { accreditationState, type Basis, bases, basisLabel } from './accreditation-words.ts';
import { ProofList, ProofUpload } from './proof-upload.tsx';

type One = Answer<'/api/accreditations/my'>[number];

/** On what basis I am an accredited investor, what proves it, and what became of the review. */
export function Accreditation() {
  const accreditations = server.useQuery('get', '/api/accreditations/my', {}, { refetchInterval: 10_000 });
  return (
    <Page
      title="Accreditation"
      summary="Private shares are sold to accredited investors only (17 CFR 230.501). You can commit while yours is reviewed."
      actions={<ButtonLink to="/deals">See open deals</ButtonLink>}
    >
      <QueryView query={accreditations}>
        {(all) => (
          <>
            {all.map((each) => (
              <OneAccreditation key={each.accreditationId} accreditation={each} />
            ))}
            <Attest isFirst={all.length === 0} />
          </>
        )}
      </QueryView>
    </Page>
  );
}

function OneAccreditation({ accreditation }: { accreditation: One }) {
  const { basis, status, submittedAt, decidedAt, expiresAt, notes, documents } = accreditation;
  const { label, tone } = accreditationState(status);
  return (
    <Section title={basisLabel(basis)} actions={<Status tone={tone}>{label}</Status>}>
      <div className="grid gap-4">
        <Facts
          columns={3}
          facts={[
            ['Attested', <Instant key="at" at={submittedAt} />],
            ['Decided', <Instant key="decided" at={decidedAt} />],
            ['Valid until', <Instant key="expires" at={expiresAt} dateOnly />],
          ]}
        />
        {status === 'rejected' && (
          <Notice tone="red" title="Clearlot could not verify this accreditation">
            {notes ?? 'No reason was given.'} Attest again below with other evidence.
          </Notice>
        )}
        <ProofList documents={documents} />
        {status === 'submitted' && (
          <Link to="/onboarding/documents" className="text-accent underline">
            Add evidence
          </Link>
        )}
      </div>
    </Section>
  );
}

function Attest({ isFirst }: { isFirst: boolean }) {
  const queries = useQueryClient();
  const toast = useToast();
  const [basis, setBasis] = useState<Basis>('income');
  const attest = server.useMutation('post', '/api/accreditations', {
    onSuccess: async () => {
      toast('Your attestation is recorded. Add your evidence next.');
      await queries.invalidateQueries();
    },
  });
  return (
    <Section title={isFirst ? 'Attest that you are accredited' : 'Attest on another basis'}>
      <Form
        key={attest.isSuccess ? attest.submittedAt : 0}
        problem={attest.error}
        onSubmit={() => attest.mutate({ body: { basis, attestation: true } })}
      >
        <fieldset className="grid gap-2 sm:grid-cols-2">
          <legend className="mb-1 text-sm font-medium">On what basis?</legend>
          {bases.map(({ value, label, means, proof }) => (
            <label
              key={value}
              className="flex items-start gap-3 rounded-md border border-line px-3 py-2.5 has-checked:border-accent has-checked:bg-accent-soft"
            >
              <input
                type="radio"
                name="basis"
                value={value}
                checked={basis === value}
                onChange={() => setBasis(value)}
                className="mt-1 accent-(--accent)"
              />
              <span>
                <span className="block font-medium">{label}</span>
                <span className="block text-sm text-muted">{means}</span>
                <span className="block text-sm text-muted">Evidence: {proof}</span>
              </span>
            </label>
          ))}
        </fieldset>
        <CheckField
          name="attestation"
          required
          label="I attest that this is true today. A false statement may undo my purchases."
        />
        <div>
          <Button type="submit" variant="primary" busy={attest.isPending}>
            Attest
          </Button>
        </div>
      </Form>
    </Section>
  );
}

/** The evidence of each attestation that is being reviewed, and more of it. */
export function AccreditationDocuments() {
  const accreditations = server.useQuery('get', '/api/accreditations/my');
  return (
    <Page
      title="Evidence of your accreditation"
      above={
        <Link to="/onboarding/accreditation" className="hover:underline">
          Accreditation
        </Link>
      }
    >
      <QueryView query={accreditations}>
        {(all) => {
          const open = all.filter(({ status }) => status === 'submitted');
          if (open.length === 0) return <p className="text-muted">No attestation of yours waits for evidence.</p>;
          return open.map((each) => (
            <Section key={each.accreditationId} title={basisLabel(each.basis)}>
              <div className="grid gap-4">
                <ProofList documents={each.documents} />
                <ProofUpload
                  path={`/api/accreditations/${each.accreditationId}/documents`}
                  hint={bases.find(({ value }) => value === each.basis)?.proof ?? 'PDF or image, up to 10 MB.'}
                />
              </div>
            </Section>
          ));
        }}
      </QueryView>
    </Page>
  );
}
