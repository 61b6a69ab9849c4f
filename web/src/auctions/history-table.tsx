import { useState } from 'react';
import { Button } from '../design/button.tsx';
import { Money } from '../design/figures.tsx';
import { Section } from '../design/page.tsx';
import { TableFrame } from '../design/table-frame.tsx';
import type { LiveUpdate } from './auction.ts';

const shownFirst = 12;
const shownMore = 200;

const kinds: Record<LiveUpdate['kind'], string> = {
  bid: 'Bid',
  buy_now: 'Bought at once',
  stay: 'Stayed',
  retract: 'Took a bid back',
  clock: 'The clock',
};

/** What happened, the newest first; of refused bids only that there was one. */
export function HistoryTable({
  updates,
  currency,
  you,
}: {
  updates: readonly LiveUpdate[];
  currency: string;
  you: number | undefined;
}) {
  const [count, setCount] = useState(shownFirst);
  const shown = updates.slice(-count).reverse();
  const hasRounds = shown.some(({ round }) => round !== null && round !== undefined);
  return (
    <Section title="History" plain>
      {updates.length === 0 ? (
        <p className="text-muted">Nothing has happened yet. Each bid appears here at once.</p>
      ) : (
        <>
          <TableFrame
            label="History"
            heads={[
              { text: 'Entry', align: 'right' },
              { text: 'Time' },
              { text: 'What' },
              { text: 'By' },
              ...(hasRounds ? [{ text: 'Round', align: 'right' as const }] : []),
              { text: 'Price after it', align: 'right' },
              { text: 'Leads then' },
            ]}
          >
            {shown.map(({ sequence, at, kind, outcome, bidder, round, price, leader }) => (
              <tr key={sequence} className={`border-t border-line ${outcome === 'refused' ? 'text-muted' : ''}`}>
                <td className="figures px-3 py-1.5 text-right">{sequence}</td>
                <td className="px-3 py-1.5">
                  <ExactTime at={at} />
                </td>
                <td className="px-3 py-1.5 whitespace-nowrap">
                  {outcome === 'refused' ? `${kinds[kind]}, refused` : kinds[kind]}
                </td>
                <td className="px-3 py-1.5 whitespace-nowrap">{nameOf(bidder, you)}</td>
                {hasRounds && <td className="figures px-3 py-1.5 text-right">{round ?? '–'}</td>}
                <td className="px-3 py-1.5 text-right">
                  <Money amount={price} currency={currency} />
                </td>
                <td className="px-3 py-1.5 whitespace-nowrap">{nameOf(leader, you)}</td>
              </tr>
            ))}
          </TableFrame>
          {updates.length > count && (
            <div>
              <Button size="sm" onClick={() => setCount((before) => before + shownMore)}>
                Show older ({updates.length - count} more)
              </Button>
            </div>
          )}
        </>
      )}
    </Section>
  );
}

function nameOf(bidder: number | null | undefined, you: number | undefined): string {
  if (bidder === null || bidder === undefined) return '–';
  return bidder === you ? `You (bidder ${bidder})` : `Bidder ${bidder}`;
}

const clock = new Intl.DateTimeFormat('en-GB', {
  ...{ hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3 },
});

/** To the millisecond, as the order of bids is decided by less than a second. */
function ExactTime({ at }: { at: string }) {
  return (
    <time dateTime={at} title={at} className="figures whitespace-nowrap">
      {clock.format(new Date(at))}
    </time>
  );
}
