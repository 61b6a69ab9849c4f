import { Link, useParams } from '@tanstack/react-router';
import { server } from '../api/client.ts';
import { Problem } from '../api/problem.ts';
import { ButtonLink } from '../design/button.tsx';
import { Missing } from '../design/missing.tsx';
import { Notice } from '../design/notice.tsx';
import { Facts, Section } from '../design/page.tsx';
import { QueryView } from '../design/query-view.tsx';
import { BasisBadge, hasSimulated, type Quote } from './badges.tsx';
import { incotermWords, partText } from './basis.ts';
import { InstrumentChart } from './instrument-chart.tsx';
import { LivePrices } from './live-prices.tsx';
import { MarketPage } from './market-page.tsx';
import { Observations } from './observations.tsx';
import { SourcesCompared } from './sources-compared.tsx';

/** One instrument: what its price means, what each source says now and said before, as it was known on any day. */
export function InstrumentPage() {
  const { instrumentId } = useParams({ from: '/_app/market/$instrumentId' });
  const latest = server.useQuery(
    'get',
    '/api/market/latest',
    { params: { query: { ids: instrumentId } } },
    { refetchInterval: 30_000 },
  );
  const error: unknown = latest.error;
  // What is no id at all is refused before it is looked for.
  if (error instanceof Problem && (error.status === 404 || error.code === 'REQUEST_INVALID')) return <Missing />;
  return (
    <QueryView query={latest}>{({ items: [quote] }) => (quote ? <Loaded quote={quote} /> : <Missing />)}</QueryView>
  );
}

function Loaded({ quote }: { quote: Quote }) {
  const { instrument } = quote;
  const { instrumentId } = instrument;
  return (
    <MarketPage
      title={instrument.name}
      above={<Link to="/market">Market</Link>}
      status={<LivePrices instrumentIds={[instrumentId]} />}
      summary={<BasisBadge basis={instrument} />}
      actions={
        <>
          <ButtonLink to="/market/compare" search={{ ids: instrumentId }}>
            Compare
          </ButtonLink>
          <ButtonLink to="/market/convert" search={{ instrumentId }}>
            Convert
          </ButtonLink>
          <ButtonLink to="/market/alerts" search={{ for: instrumentId }} variant="primary">
            Set an alert
          </ButtonLink>
        </>
      }
    >
      {hasSimulated([quote]) && (
        <Notice title="Figures marked SIMULATED are not prices of anything">
          They are a random walk for demonstration.
        </Notice>
      )}
      <SourcesCompared quote={quote} />
      <InstrumentChart instrument={instrument} />
      <Observations quote={quote} />
      <Section title="What the price means">
        <Facts
          columns={3}
          facts={[
            ['Code', instrument.code],
            ['Product', partText('product', instrument)],
            ['Grade and form', `${partText('grade', instrument)}, ${partText('form', instrument)}`],
            ['Region', partText('region', instrument)],
            ['Incoterm', `${instrument.incoterm} – ${incotermWords[instrument.incoterm]}`],
            [
              'Currency and unit',
              `${instrument.currency} per ${partText('unit', instrument)}, ${partText('taxBasis', instrument)}`,
            ],
          ]}
        />
      </Section>
    </MarketPage>
  );
}
