import { Link } from '@tanstack/react-router';
import { Fragment } from 'react';
import type { Answer } from '../api/shapes.ts';
import { citedParts } from './citations.ts';
import type { MarketSearch } from './market-search.ts';

export type Summary = Answer<'/api/market/summaries'>['items'][number];

/** The figures of the day that a citation is of, with the cited one marked. */
export function citedSearch({ observationId, day }: Summary['citations'][number]): MarketSearch {
  return { observation: observationId, from: day, to: day };
}

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
            search={citedSearch(citation) as never}
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
