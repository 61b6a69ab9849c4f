import { server } from '../api/client.ts';
import { Count, Instant } from '../design/figures.tsx';
import { Facts, Section } from '../design/page.tsx';
import { QueryView } from '../design/query-view.tsx';
import { TableFrame } from '../design/table-frame.tsx';
import { lasting } from './countdown.ts';
import { refusedFor } from './refusal.ts';

/** How an auction that is over went, from its log. */
export function Analytics({ auctionId, you }: { auctionId: string; you: number | undefined }) {
  const analytics = server.useQuery('get', '/api/auctions/{id}/analytics', { params: { path: { id: auctionId } } });
  return (
    <Section title="How it went">
      <QueryView query={analytics}>
        {(it) => (
          <div className="grid gap-5">
            <Facts
              columns={3}
              facts={[
                ['Bids taken', <Count key="taken" value={it.bidsAccepted} />],
                ['Bids refused', <Count key="refused" value={it.refused} />],
                ['Taken back', <Count key="back" value={it.retractions} />],
                ['Changes of the lead', <Count key="lead" value={it.leadChanges} />],
                ['In the last minute', <Count key="minute" value={it.bidsInLastMinute} />],
                [
                  'Extended',
                  it.extensions === 0 ? 'Never' : `${it.extensions} times, ${lasting(it.extensionMs)} in all`,
                ],
                ['First bid', <Instant key="first" at={it.firstBidAt} />],
                ['Last bid', <Instant key="last" at={it.lastBidAt} />],
                ['Price against the start', it.finalPricePpm === null ? '–' : `${it.finalPricePpm / 10_000} %`],
              ]}
            />
            {it.bidders.length > 0 && (
              <TableFrame
                label="Bidders"
                heads={[
                  { text: 'Bidder' },
                  { text: 'Bids taken', align: 'right' },
                  { text: 'Refused', align: 'right' },
                ]}
              >
                {it.bidders.map(({ bidder, bidsAccepted, refused }, index) => (
                  <tr key={bidder ?? `unnamed-${index}`} className="border-t border-line">
                    <td className="px-3 py-1.5">
                      {bidder === null
                        ? 'Did not join'
                        : bidder === you
                          ? `You (bidder ${bidder})`
                          : `Bidder ${bidder}`}
                    </td>
                    <td className="figures px-3 py-1.5 text-right">{bidsAccepted}</td>
                    <td className="figures px-3 py-1.5 text-right">{refused}</td>
                  </tr>
                ))}
              </TableFrame>
            )}
            {Object.keys(it.refusedByCode).length > 0 && (
              <ul className="grid gap-1 text-sm">
                {Object.entries(it.refusedByCode).map(([code, count]) => (
                  <li key={code}>
                    <span className="figures font-medium">{Number(count)} refused:</span> {refusedFor(code)}
                  </li>
                ))}
              </ul>
            )}
          </div>
        )}
      </QueryView>
    </Section>
  );
}
