import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { problemOf } from '../api/problem.ts';
import { buttonClass } from '../design/button.tsx';
import { Section } from '../design/page.tsx';
import { QueryView } from '../design/query-view.tsx';
import { Scrolled } from '../design/scrolled.tsx';
import type { Details } from './document-words.ts';

/** The document itself, to read on this page. Phones show a PDF's first page at most, so it opens in a tab of its own there. */
export function Pages({ document }: { document: Details }) {
  const { documentId, title, agreement, file } = document;
  const address = `/api/documents/${documentId}`;
  const mediaType = agreement ? 'application/pdf' : (file?.mediaType ?? '');
  const canShow = mediaType === 'application/pdf' || mediaType.startsWith('image/') || mediaType.startsWith('text/');
  return (
    <Section
      title="The document"
      plain
      actions={
        <div className="flex flex-wrap gap-2">
          {agreement?.completedAt && (
            <a
              className={buttonClass({ size: 'sm' })}
              href={`${address}?version=original`}
              target="_blank"
              rel="noreferrer"
            >
              As it was sent
            </a>
          )}
          <a className={buttonClass({ size: 'sm' })} href={address} target="_blank" rel="noreferrer">
            {canShow ? 'Open in a new tab' : 'Download'}
          </a>
        </div>
      }
    >
      {canShow ? (
        <Shown
          documentId={documentId}
          version={agreement?.finalSha256 ?? document.sha256}
          title={title}
          mediaType={mediaType}
        />
      ) : (
        <p className="rounded-md border border-line bg-surface p-5 text-muted">
          Files of this kind cannot be shown here. Download it to open it.
        </p>
      )}
    </Section>
  );
}

function Shown({
  documentId,
  version,
  title,
  mediaType,
}: {
  documentId: string;
  /** Of these bytes: the signed PDF takes the place of the one to sign. */
  version: string;
  title: string;
  mediaType: string;
}) {
  const file = useQuery({
    queryKey: ['document-bytes', documentId, version],
    staleTime: Number.POSITIVE_INFINITY,
    // Read by this page, because what the platform serves as a page of its own may do nothing, not even show a PDF.
    queryFn: async () => {
      const response = await fetch(`/api/documents/${documentId}`);
      if (!response.ok) throw await problemOf(response);
      return new Blob([await response.arrayBuffer()], { type: mediaType });
    },
  });
  return <QueryView query={file}>{(blob) => <Frame blob={blob} title={title} />}</QueryView>;
}

function Frame({ blob, title }: { blob: Blob; title: string }) {
  const [address, setAddress] = useState<string>();
  const [text, setText] = useState<string>();
  useEffect(() => {
    if (blob.type.startsWith('text/')) {
      void blob.text().then(setText);
      return;
    }
    const made = URL.createObjectURL(blob);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [blob]);
  if (text !== undefined) {
    return (
      <Scrolled label={title} className="max-h-[75vh] rounded-md border border-line bg-surface p-4">
        <pre className="text-sm whitespace-pre-wrap">{text}</pre>
      </Scrolled>
    );
  }
  if (!address) return null;
  return blob.type.startsWith('image/') ? (
    <img src={address} alt={title} className="max-w-full rounded-md border border-line" />
  ) : (
    <>
      <iframe
        src={`${address}#navpanes=0&view=FitH`}
        title={`${title}, the PDF`}
        className="hidden h-[78vh] w-full rounded-md border border-line bg-sunken sm:block"
      />
      <p className="rounded-md border border-line bg-surface p-4 text-muted sm:hidden">
        The PDF opens in a tab of its own on a small screen. What it says in figures stands below.
      </p>
    </>
  );
}
