import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Problem } from '../api/problem.ts';
import { Button } from '../design/button.tsx';
import { Refusal } from '../design/fields.tsx';
import { Notice } from '../design/notice.tsx';

const refusals: Record<string, { title?: string; next: ReactNode }> = {
  MARKET_NOT_CONVERTIBLE: {
    next: 'Nothing restates one of these as the other: look at them as two prices instead.',
  },
  MARKET_FACTOR_UNKNOWN: { next: 'Its lithium content is not known, so it has no equivalent in another product.' },
  MARKET_CHARGE_REQUIRED: {
    title: 'The charges between the two Incoterms are not stated',
    next: 'State them in the form, with their day and on whose word they are.',
  },
  MARKET_MOISTURE_REQUIRED: { next: 'State the moisture, with its day and on whose word it is.' },
  MARKET_FX_RATE_MISSING: {
    title: 'There is no exchange rate for one of these days',
    next: 'Choose other days, or ask an operator to enter the rate.',
  },
  MARKET_VAT_RATE_MISSING: {
    title: 'There is no value-added tax rate of this country for one of these days',
    next: 'Choose other days, or ask an operator to enter the rate.',
  },
  MARKET_NO_PRICE: { next: 'State a price, or choose a later day.' },
};

/** Why a price was not restated, and what to do about it; an old exchange rate may be used by who says so. */
export function NotRestated({ error, onUseOldRate }: { error: unknown; onUseOldRate(): void }) {
  if (!(error instanceof Problem)) return <Refusal problem={error} />;
  if (error.code === 'MARKET_FX_RATE_STALE') {
    return (
      <Notice
        tone="amber"
        title="The newest exchange rate of one of these days is old"
        action={<Button onClick={onUseOldRate}>Use the old rate</Button>}
      >
        {error.detail} You can go on with it; the answer says so.
      </Notice>
    );
  }
  const refusal = refusals[error.code];
  if (!refusal) return <Refusal problem={error} />;
  return (
    <Notice tone="amber" title={refusal.title ?? error.detail}>
      {refusal.title && `${error.detail} `}
      {refusal.next}{' '}
      {error.code === 'MARKET_NOT_CONVERTIBLE' && (
        <Link to="/market/compare" className="text-accent underline">
          Compare
        </Link>
      )}
    </Notice>
  );
}

/** Refusals that this says more of than that nothing came. */
export function isNotRestated(error: unknown): boolean {
  return error instanceof Problem && (error.code in refusals || error.code === 'MARKET_FX_RATE_STALE');
}
