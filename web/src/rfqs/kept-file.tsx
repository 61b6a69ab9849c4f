import { useId, useState } from 'react';
import { contentOfFile, type ResponseContent } from './response-content.ts';

/** Begins with a response that was handed in before, from the file that its supplier kept: Clearlot cannot read it. */
export function KeptFile({ onContent }: { onContent(content: ResponseContent): void }) {
  const [refused, setRefused] = useState(false);
  const id = useId();
  return (
    <details className="text-sm">
      <summary className="min-h-6 font-medium text-accent">Begin with a response you handed in before</summary>
      <div className="mt-2 grid max-w-md gap-1">
        <label htmlFor={id}>The file that you kept of it</label>
        <input
          id={id}
          type="file"
          accept="application/json"
          className="rounded-md border border-line-strong bg-surface px-3 py-1.5"
          onChange={(event) => {
            void event.currentTarget.files?.[0]?.text().then((text) => {
              const content = contentOfFile(text);
              setRefused(content === undefined);
              if (content) onContent(content);
            });
          }}
        />
        <p className="text-xs text-muted">It is read on this device only: sealed responses can be read by nobody.</p>
        {refused && (
          <p role="alert" className="text-red">
            That file holds no response. Choose the one that you downloaded when you sealed it.
          </p>
        )}
      </div>
    </details>
  );
}
