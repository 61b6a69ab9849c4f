import { Link } from '@tanstack/react-router';
import { Fragment } from 'react';
import type { Answer } from '../api/shapes.ts';
import { citedParts } from './citations.ts';

export type Summary = Answer<'/api/market/summaries'>['items'][number];

/** A summary in its words; each number in brackets leads to the figures it was written from. */
export function SummaryText({ text, citations }: Pick<Summary, 'text' | 'citations'>) {
  return text.split(/\n{2,}/).map((paragraph, index) => (
    <p key={index} className="mb-2 last:mb-0">
      {citedParts(paragraph).map((part, at) => {
        if (typeof part === 'string') return <Fragment key={at}>{part}</Fragment>;
        const citation = citations.find(({ marker }) => marker === part.marker);
        if (!citation) return <Fragment key={at}>[{part.marker}]</Fragment>;
        return (
          <Link
            key={at}
            to="/market/$instrumentId"
            params={{ instrumentId: citation.instrumentId }}
            search={{ observation: citation.observationId } as never}
            hash="observations"
            title={`${citation.source}, ${citation.edition}`}
            aria-label={`Source ${part.marker}: ${citation.name}, ${citation.source}, ${citation.edition}`}
            className="figures rounded bg-sunken px-1 text-xs font-semibold text-accent hover:underline"
          >
            {part.marker}
          </Link>
        );
      })}
    </p>
  ));
}
