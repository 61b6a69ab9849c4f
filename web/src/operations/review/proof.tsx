import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Problem, problemOf } from '../../api/problem.ts';
import { buttonClass } from '../../design/button.tsx';
import { Empty, QueryView } from '../../design/query-view.tsx';
import { Scrolled } from '../../design/scrolled.tsx';

export interface Paper {
  documentId: string;
  fileName: string;
  sha256: string;
  /** What it is, where it is said. */
  kind?: string;
}

/** What somebody handed in, to be read beside the decision. */
export function Proof({ papers }: { papers: readonly Paper[] }) {
  const [chosenId, setChosenId] = useState<string>();
  const chosen = papers.find(({ documentId }) => documentId === chosenId) ?? papers[0];
  if (!chosen) return <Empty title="No proof was handed in">Turn it down and say what is missing.</Empty>;
  return (
    <div className="grid content-start gap-3">
      {papers.length > 1 && (
        <div className="flex flex-wrap gap-2">
          {papers.map(({ documentId, fileName, kind }) => (
            <button
              key={documentId}
              type="button"
              aria-pressed={documentId === chosen.documentId}
              onClick={() => setChosenId(documentId)}
              className="min-h-7 max-w-full truncate rounded-md border border-line-strong px-2.5 text-sm aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:font-semibold"
            >
              {kind ? `${kind}: ${fileName}` : fileName}
            </button>
          ))}
        </div>
      )}
      <Shown key={chosen.documentId} paper={chosen} />
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p className="min-w-0 text-xs break-all text-muted">
          {chosen.fileName} · SHA-256 {chosen.sha256}
        </p>
        <a
          href={`/api/documents/${chosen.documentId}`}
          target="_blank"
          rel="noreferrer"
          className={buttonClass({ size: 'sm' })}
        >
          Open in a new tab
        </a>
      </div>
    </div>
  );
}

interface Content {
  blob: Blob;
  text: string | undefined;
}

/** Fetched as bytes: the platform sends documents so that nothing in them can run, which also keeps them out of frames. */
async function fetchContent(documentId: string): Promise<Content> {
  const response = await fetch(`/api/documents/${documentId}`).catch(() => {
    throw new Problem({ detail: 'The document cannot be reached. Check your connection and try again.' });
  });
  if (!response.ok) throw await problemOf(response);
  const blob = await response.blob();
  return { blob, text: blob.type.startsWith('text/') ? await blob.text() : undefined };
}

function Shown({ paper }: { paper: Paper }) {
  const content = useQuery({
    queryKey: ['operations', 'document', paper.documentId],
    queryFn: () => fetchContent(paper.documentId),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  });
  return (
    <QueryView query={content} rows={10}>
      {(loaded) => <Pane content={loaded} fileName={paper.fileName} />}
    </QueryView>
  );
}

const pane = 'max-h-[60dvh] rounded-md border border-line';

function Pane({ content: { blob, text }, fileName }: { content: Content; fileName: string }) {
  const url = useObjectUrl(blob);
  if (text !== undefined) {
    return (
      <Scrolled label={fileName} className={`bg-sunken p-4 ${pane}`}>
        <pre className="text-sm whitespace-pre-wrap">{text}</pre>
      </Scrolled>
    );
  }
  if (!url) return null;
  if (blob.type.startsWith('image/')) {
    return <img src={url} alt={`The document ${fileName}`} className={`w-full object-contain ${pane}`} />;
  }
  if (blob.type === 'application/pdf') {
    return (
      <iframe
        src={`${url}#navpanes=0&view=FitH`}
        title={fileName}
        className="h-[60dvh] w-full rounded-md border border-line"
      />
    );
  }
  return <Empty title="This kind of file is not shown here">Open it to download it.</Empty>;
}

function useObjectUrl(blob: Blob): string | undefined {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(blob);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [blob]);
  return url;
}
