import { Link } from '@tanstack/react-router';
import { Instant } from '../design/figures.tsx';
import { Status } from '../design/status.tsx';
import { documentState, type MyDocument, typeLabel } from './document-words.ts';

/** A few documents of something, each with its state. */
export function DocumentRows({ documents, empty }: { documents: readonly MyDocument[]; empty: string }) {
  if (documents.length === 0) return <p className="text-muted">{empty}</p>;
  return (
    <ul className="divide-y divide-line rounded-md border border-line bg-surface">
      {documents.map((document) => {
        const { label, tone } = documentState(document);
        return (
          <li
            key={document.documentId}
            className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 px-4 py-2.5"
          >
            <div className="min-w-0">
              <Link
                to="/documents/$documentId"
                params={{ documentId: document.documentId }}
                className="break-words font-medium text-accent hover:underline"
              >
                {document.title}
              </Link>
              <p className="text-xs text-muted">
                {typeLabel(document.type)} · <Instant at={document.createdAt} />
              </p>
            </div>
            <Status tone={tone}>{label}</Status>
          </li>
        );
      })}
    </ul>
  );
}
