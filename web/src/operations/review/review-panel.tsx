import type { ReactNode } from 'react';
import { Dialog } from '../../design/dialog.tsx';
import { type Paper, Proof } from './proof.tsx';

/** One thing to review: what it claims and the decision beside the papers that are to prove it. */
export function ReviewPanel({
  title,
  papers,
  onClose,
  children,
}: {
  title: string;
  papers: readonly Paper[];
  onClose(): void;
  children: ReactNode;
}) {
  return (
    <Dialog open onClose={onClose} title={title} side="wide">
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_minmax(0,1.3fr)]">
        <div className="grid gap-5">{children}</div>
        <Proof papers={papers} />
      </div>
    </Dialog>
  );
}
