import { Count, Instant, Money } from '../design/figures.tsx';
import { Section } from '../design/page.tsx';
import { Empty } from '../design/query-view.tsx';
import { TableFrame } from '../design/table-frame.tsx';
import { AgeBadge, KindBadge, type Quote } from './badges.tsx';
import { FlashOnChange } from './flash-on-change.tsx';
import { useNow } from './now.ts';
import { percentBetween } from './price.ts';

/** What each source says now, and how far it is from the one at the top. */
export function SourcesCompared({ quote: { instrument, figures } }: { quote: Quote }) {
  const now = useNow();
  const [reference] = ordered(figures);
  if (!reference) {
    return (
      <Empty title="No source has a figure of this yet">
        It stands here as soon as one is published. Set an alert, and you are told.
      </Empty>
    );
  }
  return (
    <Section title="Newest figure of each source" plain>
      <TableFrame
        label="Sources"
        heads={[
          { text: 'Source' },
          { text: 'Low', align: 'right' },
          { text: 'Mid', align: 'right' },
          { text: 'High', align: 'right' },
          { text: 'Against the first', align: 'right' },
          { text: 'Age' },
          { text: 'Recorded' },
          { text: 'Edition' },
        ]}
      >
        {ordered(figures).map((figure) => (
          <tr key={figure.sourceId} className="border-t border-line align-top">
            <th scope="row" className="px-3 py-2 text-left font-normal">
              <span className="flex flex-wrap items-center gap-2">
                <span className="font-medium">{figure.source.name}</span>
                <KindBadge kind={figure.kind} />
              </span>
              <span className="block max-w-md text-xs text-muted">{figure.source.attribution}</span>
            </th>
            <td className="px-3 py-2 text-right">
              <Count value={figure.low} />
            </td>
            <td className="px-3 py-2 text-right font-semibold">
              <FlashOnChange value={figure.mid}>
                <Money amount={figure.mid} currency={instrument.currency} />
              </FlashOnChange>
            </td>
            <td className="px-3 py-2 text-right">
              <Count value={figure.high} />
            </td>
            <td className="figures px-3 py-2 text-right">
              {figure === reference ? '–' : percentBetween(reference.mid, figure.mid)}
            </td>
            <td className="px-3 py-2">
              <AgeBadge validAt={figure.validAt} stale={figure.stale} now={now} />
            </td>
            <td className="px-3 py-2">
              <Instant at={figure.recordedAt} />
            </td>
            <td className="px-3 py-2 text-muted">{figure.edition}</td>
          </tr>
        ))}
      </TableFrame>
    </Section>
  );
}

/** Real figures before simulated ones, the newest first. */
function ordered(figures: Quote['figures']): Quote['figures'] {
  const rank = ({ kind }: Quote['figures'][number]) => (kind === 'simulated' ? 1 : 0);
  return [...figures].sort((a, b) => rank(a) - rank(b) || b.validAt.localeCompare(a.validAt));
}
