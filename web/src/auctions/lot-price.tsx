import { useEffect, useRef, useState } from 'react';
import { Count, Money } from '../design/figures.tsx';
import { FlashOnChange } from '../market/flash-on-change.tsx';
import { formatMoney } from '../money/format.ts';
import { amountOf } from '../money/price-per-tonne.ts';
import { type Auction, isBuying, isHidden, type LiveState, type Rules } from './auction.ts';
import { LotClock } from './lot-clock.tsx';
import type { Standing } from './standing.ts';

const tones: Record<Standing['tone'], string> = {
  lead: 'border-green bg-green-soft',
  behind: 'border-amber bg-amber-soft',
  in: 'border-blue bg-blue-soft',
  out: 'border-red bg-red-soft',
  watching: 'border-line-strong bg-sunken',
};

const announceMs = 5_000;

/** The price, the largest thing on the screen; under it where I stand, and beside it the clock. */
export function LotPrice({
  auction,
  live,
  rules,
  standing,
  offsetMs,
}: {
  auction: Auction;
  live: LiveState;
  rules: Rules;
  standing: Standing;
  offsetMs: number;
}) {
  const { currency, quantityKg, format } = auction;
  const { price, result } = live;
  const shown = result?.outcome === 'sold' ? result.price : price;
  const total = shown === null ? undefined : amountOf(quantityKg, shown, currency);
  return (
    <section aria-label="Price and time" className="grid gap-5 rounded-md border border-line bg-surface p-4 sm:p-6">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-5">
        <div className="min-w-0">
          <p className="text-sm text-muted">{priceLabel(auction, live)}</p>
          {shown === null ? (
            <p className="text-4xl leading-tight font-semibold">Hidden until the close</p>
          ) : (
            <FlashOnChange value={String(shown)}>
              <span className="figures text-[34px] leading-tight font-semibold tracking-tight sm:text-[52px]">
                {formatMoney(shown, currency)}
              </span>
            </FlashOnChange>
          )}
          <p className="mt-1 text-sm text-muted">
            {total && (
              <>
                <Money amount={total} currency={currency} /> for <Count value={quantityKg} unit="kg" />
              </>
            )}
            {total && isHidden(format) && live.status === 'open' && live.leader === null ? ', the starting price' : ''}
          </p>
        </div>
        <div className="w-full sm:w-60">
          <LotClock live={live} rules={rules} offsetMs={offsetMs} />
        </div>
      </div>
      {live.status !== 'closed' && live.status !== 'cancelled' && (
        <p className={`rounded-md border-l-3 px-4 py-2.5 text-lg font-semibold ${tones[standing.tone]}`}>
          {standing.words}
        </p>
      )}
      <Counts auction={auction} live={live} />
      <Announcer words={`${shown === null ? '' : `${formatMoney(shown, currency)} per tonne. `}${standing.words}`} />
    </section>
  );
}

function Counts({ auction, live }: { auction: Auction; live: LiveState }) {
  const { currency, format, joined } = auction;
  const { bids, bidders, reserveMet, nextBid, leader, status } = live;
  const reserve = reserveMet === null ? 'None' : reserveMet ? 'Met' : 'Not met yet';
  const facts: [string, React.ReactNode][] = [
    ['Bids', <Count key="bids" value={bids} />],
    ['Bidders', `${bidders} of ${joined} who joined`],
  ];
  if (format === 'english' || format === 'reverse') facts.push(['Reserve', reserve]);
  if (leader !== null && status === 'open') facts.push(['Leads', `Bidder ${leader}`]);
  if (nextBid !== null && status === 'open' && (format === 'english' || format === 'reverse')) {
    facts.push([
      isBuying(format) ? 'Next offer at most' : 'Next bid at least',
      <Money key="next" amount={nextBid} currency={currency} />,
    ]);
  }
  return (
    <dl className="flex flex-wrap gap-x-8 gap-y-2 text-sm">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt className="text-xs text-muted">{name}</dt>
          <dd className="figures font-medium">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function priceLabel({ format }: Auction, { status, result, leader, bids }: LiveState): string {
  if (result?.outcome === 'sold') return isBuying(format) ? 'Bought at, per tonne' : 'Sold at, per tonne';
  if (status === 'closed') return 'Last price per tonne';
  if (status === 'scheduled') return 'Starting price per tonne';
  if (format === 'meat_rounds')
    return leader === null ? 'Highest first offer, per tonne' : 'Best offer of the last round, per tonne';
  if (format === 'dutch') return 'The clock shows, per tonne';
  if (format === 'japanese') return 'Price of this round, per tonne';
  return bids === 0 && !format.startsWith('sealed') ? 'Starting price per tonne' : 'Current price per tonne';
}

/** Says for screen readers where it stands, at most every few seconds. */
function Announcer({ words }: { words: string }) {
  const [said, setSaid] = useState('');
  const newest = useRef(words);
  newest.current = words;
  useEffect(() => {
    const timer = setInterval(() => setSaid(newest.current), announceMs);
    return () => clearInterval(timer);
  }, []);
  return (
    <p className="sr-only" role="status">
      {said}
    </p>
  );
}
