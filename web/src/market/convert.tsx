import { server } from '../api/client.ts';
import type { Answer } from '../api/shapes.ts';
import { Count, Instant, Money } from '../design/figures.tsx';
import { Notice } from '../design/notice.tsx';
import { Section } from '../design/page.tsx';
import { Empty, QueryView } from '../design/query-view.tsx';
import { TableFrame } from '../design/table-frame.tsx';
import { BasisBadge, KindBadge } from './badges.tsx';
import { type Instrument, unitWords } from './basis.ts';
import { conversionQuery } from './conversion-query.ts';
import { ConvertForm } from './convert-form.tsx';
import { flagWords, stepWords } from './flag-words.ts';
import { useInstruments } from './instruments.ts';
import { MarketPage } from './market-page.tsx';
import { useMarketSearch } from './market-search.ts';
import { signedCount } from './price.ts';
import { NotRestated } from './refusals.tsx';

type Converted = Answer<'/api/market/convert'>;

/** A price in another basis: each step by what, on whose word and of which day. */
export function Convert() {
  const instruments = useInstruments();
  return (
    <MarketPage
      title="Convert a price"
      summary="A price in another currency, unit, tax basis, Incoterm or product. Every step is shown with its factor, its source and its day; nothing is assumed that you did not state."
    >
      <QueryView query={instruments}>{(list) => <Converter instruments={list} />}</QueryView>
    </MarketPage>
  );
}

function Converter({ instruments }: { instruments: readonly Instrument[] }) {
  const { search, set } = useMarketSearch();
  const query = conversionQuery(search);
  const converted = server.useQuery(
    'get',
    '/api/market/convert',
    { params: { query: query ?? {} } },
    { enabled: query !== undefined },
  );
  const error: unknown = converted.error;
  const from = instruments.find(({ instrumentId }) => instrumentId === search.instrumentId);
  return (
    <div className="grid items-start gap-6 xl:grid-cols-[minmax(22rem,2fr)_3fr]">
      <Section title="From and to">
        <ConvertForm
          key={search.instrumentId}
          instruments={instruments}
          from={from}
          search={search}
          problem={error}
          busy={converted.isFetching}
          onChange={set}
        />
      </Section>
      {query === undefined ? (
        <Empty title="Choose an instrument">
          Its newest figure is converted, or a price that you state in its basis.
        </Empty>
      ) : error ? (
        <NotRestated error={error} onUseOldRate={() => set({ stale: 'yes' })} />
      ) : (
        <QueryView query={converted}>{(answer) => <Steps converted={answer} />}</QueryView>
      )}
    </div>
  );
}

function Steps({ converted }: { converted: Converted }) {
  const { figure, from, to, steps, flags } = converted;
  return (
    <div className="grid gap-4">
      <Section title="The converted price">
        <div className="grid gap-4">
          <p className="text-2xl font-semibold">
            <Money amount={converted.mid.decimal} currency={to.currency} />
            <span className="text-base font-normal text-muted"> per {unitWords[to.unit]}</span>
          </p>
          <BasisBadge basis={to} />
          {figure && (
            <p className="figures text-sm text-muted">
              Low <Money amount={converted.low.decimal} currency={to.currency} /> · high{' '}
              <Money amount={converted.high.decimal} currency={to.currency} />
            </p>
          )}
          {flags.map((flag) => (
            <Notice key={flag} tone="amber" title={flagWords(flag)} />
          ))}
        </div>
      </Section>
      <Section title="Step by step" plain>
        <TableFrame
          label="Steps"
          heads={[
            { text: 'Step' },
            { text: 'By', align: 'right' },
            { text: 'Price after it', align: 'right' },
            { text: 'Of' },
            { text: 'Source' },
          ]}
        >
          <tr className="border-t border-line align-top">
            <th scope="row" className="px-3 py-2 text-left font-normal">
              <span className="flex flex-wrap items-center gap-2">
                {figure ? 'The newest figure' : 'The price you stated'}
                {figure && <KindBadge kind={figure.kind} />}
              </span>
              <BasisBadge basis={from} withProduct={false} />
            </th>
            <td className="px-3 py-2 text-right text-muted">–</td>
            <td className="px-3 py-2 text-right">
              {figure ? <Money amount={figure.mid} currency={from.currency} /> : <span className="text-muted">–</span>}
            </td>
            <td className="px-3 py-2">
              <Instant at={converted.on} dateOnly />
            </td>
            <td className="px-3 py-2 text-muted">{figure ? `${figure.source}, ${figure.edition}` : 'you'}</td>
          </tr>
          {steps.map((step) => (
            <tr key={step.name} className="border-t border-line align-top">
              <th scope="row" className="px-3 py-2 text-left font-normal">
                {stepWords(step.name)}
              </th>
              <td className="figures px-3 py-2 text-right whitespace-nowrap" title={`exactly ${step.by.exact}`}>
                {step.kind === 'multiply' ? `× ${step.by.decimal}` : signedCount(step.by.decimal)}
              </td>
              <td className="px-3 py-2 text-right" title={`exactly ${step.price.exact}`}>
                <Count value={step.price.decimal} />
              </td>
              <td className="px-3 py-2">
                {step.date ? <Instant at={step.date} dateOnly /> : <span className="text-muted">always</span>}
              </td>
              <td className="px-3 py-2 text-muted">{step.source}</td>
            </tr>
          ))}
        </TableFrame>
        {steps.length === 0 && <p className="text-sm text-muted">Nothing differs: the price is as it was.</p>}
        <p className="text-xs text-muted">
          Calculated exactly and rounded once, for reading; point at a figure for its exact fraction.
        </p>
      </Section>
    </div>
  );
}
