import { Link } from '@tanstack/react-router';
import { server } from '../api/client.ts';
import { Instant } from '../design/figures.tsx';
import { type Rung, StateLadder } from '../design/ladder.tsx';
import { Notice } from '../design/notice.tsx';
import { Facts, Page, Section } from '../design/page.tsx';
import { PageError } from '../design/page-error.tsx';
import { Skeleton } from '../design/query-view.tsx';
import { Status } from '../design/status.tsx';
import { useMe } from '../session/session.ts';
import { AgreementFacts } from './agreement-facts.tsx';
import { Certificate } from './certificate.tsx';
import { type Details, documentState, typeLabel } from './document-words.ts';
import { Pages } from './pages.tsx';
import { SignAgreement } from './sign-agreement.tsx';

const signingMs = 3_000;

/** A document: to read, to sign where it is to be signed, and to prove what it is. */
export function DocumentPage({ documentId }: { documentId: string }) {
  const me = useMe();
  const details = server.useQuery(
    'get',
    '/api/documents/{id}/details',
    { params: { path: { id: documentId } } },
    { refetchInterval: ({ state }) => (isUnderWay(state.data) ? signingMs : false) },
  );
  if (details.error && !details.data) return <PageError error={details.error} retry={() => void details.refetch()} />;
  if (!details.data) {
    return (
      <Page title="Document" wide>
        <Skeleton rows={10} />
      </Page>
    );
  }
  const { title, type, agreement, file, status, signatures } = details.data;
  const isParty = agreement?.seller.userId === me.id || agreement?.buyer.userId === me.id;
  const needsMySignature = status === 'sent' && isParty && !signatures.some(({ signerId }) => signerId === me.id);
  const { label, tone } = documentState({ status, needsMySignature });
  return (
    <Page
      title={title}
      wide
      above={
        <Link to="/documents" className="hover:underline">
          Documents
        </Link>
      }
      status={<Status tone={tone}>{label}</Status>}
      summary={typeLabel(type)}
    >
      {agreement?.voidedAt && (
        <Notice tone="red" title="This agreement is void and binds nobody">
          {agreement.voidReason ?? 'The deal was called off.'}
        </Notice>
      )}
      <div className="grid items-start gap-6 xl:grid-cols-[minmax(0,1.4fr)_minmax(22rem,1fr)]">
        <Pages key={agreement?.finalSha256 ?? status} document={details.data} />
        <div className="grid content-start gap-6">
          {agreement && <AgreementFacts agreement={agreement} />}
          {needsMySignature && agreement && <SignAgreement document={details.data} agreement={agreement} />}
          {agreement && (
            <Section title="Signatures">
              <StateLadder label="Signatures" rungs={signatureRungs(details.data, me.id)} />
            </Section>
          )}
          {file && <FileFacts document={details.data} file={file} />}
          <Certificate key={signatures.length} document={details.data} />
        </div>
      </div>
    </Page>
  );
}

/** Whether a signature is still to come, or the signed PDF, which is made after the last one. */
function isUnderWay(document: Details | undefined): boolean {
  return document?.status === 'sent' || (document?.status === 'signed' && document.agreement?.finalSha256 === null);
}

function FileFacts({ document, file }: { document: Details; file: NonNullable<Details['file']> }) {
  return (
    <Section title="Details">
      <Facts
        facts={[
          ['File', file.fileName],
          ['Size', `${new Intl.NumberFormat(navigator.language).format(file.sizeBytes)} bytes`],
          ['Uploaded', <Instant key="at" at={document.createdAt} />],
          ['Kept until', <Instant key="until" at={document.retentionUntil} dateOnly />],
        ]}
      />
    </Section>
  );
}

function signatureRungs({ createdAt, agreement, signatures, status }: Details, myId: string): Rung[] {
  if (!agreement) return [];
  const sent: Rung = { label: 'Sent for signature', state: 'done', at: createdAt, actor: 'Clearlot' };
  const parties = [agreement.seller, agreement.buyer].map(({ userId, name }, index): Rung => {
    const role = index === 0 ? 'seller' : 'buyer';
    const signed = signatures.find(({ signerId }) => signerId === userId);
    const who = userId === myId ? `You (${role})` : `${name} (${role})`;
    if (signed) return { label: `${who} signed`, state: 'done', at: signed.signedAt, note: `as “${signed.typedName}”` };
    if (status === 'voided') return { label: `${who} did not sign`, state: 'todo' };
    return { label: `${who} to sign`, state: userId === myId ? 'blocked' : 'current' };
  });
  if (agreement.voidedAt) {
    return [sent, ...parties, { label: 'Void', state: 'failed', at: agreement.voidedAt, note: agreement.voidReason }];
  }
  const complete: Rung = {
    label: 'Complete',
    state: agreement.completedAt ? 'done' : 'todo',
    at: agreement.completedAt,
  };
  return [sent, ...parties, complete];
}
