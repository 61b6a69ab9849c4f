import { server } from '../api/client.ts';
import { Instant } from '../design/figures.tsx';
import { Notice } from '../design/notice.tsx';
import { Facts, Section } from '../design/page.tsx';
import { QueryView } from '../design/query-view.tsx';
import { Status, words } from '../design/status.tsx';
import type { Details } from './document-words.ts';

/** Who signed, whether the stored bytes are still those that were signed, and what happened to them. */
export function Certificate({ document }: { document: Details }) {
  const verification = server.useQuery('get', '/api/documents/{id}/verify', {
    params: { path: { id: document.documentId } },
  });
  return (
    <Section title="Certificate">
      <div className="grid gap-5">
        <QueryView query={verification} rows={3}>
          {({ matches, versions, signatures }) => (
            <>
              {matches ? (
                <Notice tone="green" title="The document is unchanged">
                  Its fingerprints were computed anew from the stored bytes and are those recorded
                  {signatures.length > 0 ? ' and signed' : ''}.
                </Notice>
              ) : (
                <Notice tone="red" title="The document is not what was recorded">
                  At least one fingerprint differs. Do not rely on this document; tell Clearlot.
                </Notice>
              )}
              <Facts
                columns={1}
                facts={versions.map(({ version, sha256, matches: isSame }) => [
                  `SHA-256, ${version}`,
                  <Fingerprint key={version} sha256={sha256} isSame={isSame} />,
                ])}
              />
            </>
          )}
        </QueryView>
        {document.signatures.map((signature) => {
          const checked = verification.data?.signatures.find(({ signerId }) => signerId === signature.signerId);
          return (
            <div key={signature.signerId} className="grid gap-2 border-t border-line pt-4">
              <p className="font-semibold">
                {signature.typedName} <span className="font-normal text-muted">as {signature.role}</span>
              </p>
              <p className="text-sm text-muted">{signature.consentText}</p>
              <Facts
                columns={1}
                facts={[
                  ['Legal name', signature.legalName],
                  ['Signed', <Instant key="at" at={signature.signedAt} />],
                  ['From', `${signature.ip}, ${signature.userAgent}`],
                  [
                    'Signed bytes, SHA-256',
                    <Fingerprint key="sha" sha256={signature.documentSha256} isSame={checked?.matches} />,
                  ],
                ]}
              />
            </div>
          );
        })}
        <Trail trail={document.trail} />
        <p className="border-t border-line pt-4 text-sm text-muted">
          Kept until <Instant at={document.retentionUntil} dateOnly />.
        </p>
      </div>
    </Section>
  );
}

function Fingerprint({ sha256, isSame }: { sha256: string; isSame: boolean | undefined }) {
  return (
    <span className="grid justify-items-start gap-1">
      <span className="figures text-xs break-all">{sha256}</span>
      {isSame !== undefined && <Status tone={isSame ? 'green' : 'red'}>{isSame ? 'Matches' : 'Differs'}</Status>}
    </span>
  );
}

function Trail({ trail }: { trail: Details['trail'] }) {
  if (trail.length === 0) return null;
  return (
    <div className="grid gap-2 border-t border-line pt-4">
      <h3 className="font-semibold">What happened</h3>
      <ul className="grid gap-1.5 text-sm">
        {trail.map(({ event, at, actorId, actorRole }) => (
          <li key={`${event} ${at} ${actorId}`} className="flex flex-wrap justify-between gap-x-4">
            <span>
              {words(event.replaceAll('.', ' '))} <span className="text-muted">by the {actorRole}</span>
            </span>
            <Instant at={at} />
          </li>
        ))}
      </ul>
    </div>
  );
}
