import { Link } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { server } from '../api/client.ts';
import type { Answer, Body } from '../api/shapes.ts';
import { Button } from '../design/button.tsx';
import { type Column, DataTable } from '../design/data-table.tsx';
import { Instant } from '../design/figures.tsx';
import { Notice } from '../design/notice.tsx';
import { Section } from '../design/page.tsx';
import { Empty, QueryView } from '../design/query-view.tsx';
import { Status } from '../design/status.tsx';
import { ArbitrageForm } from './arbitrage-form.tsx';
import { KindBadge } from './badges.tsx';
import { useInstruments } from './instruments.ts';
import { MarketPage } from './market-page.tsx';
import { useMarketSearch } from './market-search.ts';
import { percentOfShare, signedCount } from './price.ts';
import { WaterfallView } from './waterfall-view.tsx';

export type Opportunity = Answer<'/api/market/arbitrage/opportunities'>['items'][number];

const refreshMs = 30_000;

/** What is left now on every trade route, and on one of one's own, cost by cost. */
export function ArbitragePage() {
  const opportunities = server.useQuery(
    'get',
    '/api/market/arbitrage/opportunities',
    {},
    { refetchInterval: refreshMs },
  );
  return (
    <MarketPage
      title="Arbitrage"
      summary="What is left of selling at one market what was bought at another, after tax, freight, insurance, duty, finance and conversion. The range is at bid and ask; every input has its day and its source."
    >
      <Section title="Trade routes" plain>
        <QueryView query={opportunities}>{({ items }) => <Routes items={items} />}</QueryView>
      </Section>
      <QueryView query={opportunities}>{({ items }) => <Chosen items={items} />}</QueryView>
      <OwnCalculation items={opportunities.data?.items ?? []} />
    </MarketPage>
  );
}

function Routes({ items }: { items: readonly Opportunity[] }) {
  return (
    <DataTable
      label="Trade routes"
      columns={columns}
      rows={items}
      rowKey={({ route }) => route.routeId}
      empty={
        <Empty title="No trade route is watched yet">
          An operator adds routes with their freight, duty and finance. Calculate one of your own below.
        </Empty>
      }
    />
  );
}

const columns: readonly Column<Opportunity>[] = [
  {
    id: 'route',
    header: 'Route',
    sortBy: ({ route }) => route.name,
    cell: ({ route, arbitrage }) => (
      <div className="min-w-44">
        <Link
          to="/market/arbitrage"
          search={(before: object) => ({ ...before, route: route.routeId }) as never}
          className="font-medium text-accent hover:underline"
        >
          {route.name}
        </Link>
        <span className="mt-1 flex flex-wrap gap-1.5">
          {[arbitrage?.origin.kind, arbitrage?.destination?.kind].includes('simulated') && (
            <KindBadge kind="simulated" />
          )}
        </span>
      </div>
    ),
  },
  {
    id: 'state',
    header: 'Now',
    cell: ({ profitable, refused }) =>
      refused ? (
        <span className="grid max-w-64 justify-items-start gap-1">
          <Status tone="plain">Cannot be said</Status>
          <span className="text-xs text-muted">{refused.detail}</span>
        </span>
      ) : (
        <Status tone={profitable ? 'green' : 'plain'}>
          {profitable ? 'Leaves something, even at worst' : 'Leaves nothing at worst'}
        </Status>
      ),
  },
  ...(['low', 'mid', 'high'] as const).map(
    (end): Column<Opportunity> => ({
      id: end,
      header: { low: 'Worst', mid: 'Mid', high: 'Best' }[end],
      align: 'right',
      wideOnly: end !== 'mid',
      cell: ({ arbitrage }) =>
        arbitrage ? (
          <span className="whitespace-nowrap">
            {signedCount(arbitrage[end].margin.decimal)} {arbitrage.currency}/{arbitrage.unit}
            <span className="block text-xs text-muted">{percentOfShare(arbitrage[end].marginShare.decimal)}</span>
          </span>
        ) : (
          <span className="text-muted">–</span>
        ),
    }),
  ),
  {
    id: 'arrival',
    header: 'Goods arrive',
    wideOnly: true,
    cell: ({ arbitrage }) => <Instant at={arbitrage?.arrival} dateOnly />,
  },
];

/** The route that the address names, in full. */
function Chosen({ items }: { items: readonly Opportunity[] }) {
  const { search } = useMarketSearch();
  const chosen = items.find(({ route }) => route.routeId === search.route) ?? items.find(({ arbitrage }) => arbitrage);
  if (!chosen) return null;
  return (
    <Section title={chosen.route.name}>
      {chosen.arbitrage ? (
        <WaterfallView arbitrage={chosen.arbitrage} />
      ) : (
        <Notice title="This route cannot be calculated now">{chosen.refused?.detail}</Notice>
      )}
    </Section>
  );
}

function OwnCalculation({ items }: { items: readonly Opportunity[] }) {
  const instruments = useInstruments();
  const { search } = useMarketSearch();
  const [basedOn, setBasedOn] = useState<Opportunity['route']>();
  const result = useRef<HTMLDivElement>(null);
  const calculate = server.useMutation('post', '/api/market/arbitrage', {
    onSuccess: () => requestAnimationFrame(() => result.current?.scrollIntoView({ block: 'nearest' })),
  });
  const shown = items.find(({ route }) => route.routeId === search.route) ?? items[0];
  return (
    <>
      <Section
        title="Calculate one of your own"
        actions={
          shown && (
            <Button size="sm" onClick={() => setBasedOn({ ...shown.route })}>
              Begin with “{shown.route.name}”
            </Button>
          )
        }
      >
        <QueryView query={instruments}>
          {(list) => (
            <ArbitrageForm
              key={basedOn?.routeId}
              instruments={list}
              route={basedOn}
              problem={calculate.error}
              busy={calculate.isPending}
              onCalculate={(body: Body<'/api/market/arbitrage'>) => calculate.mutate({ body })}
            />
          )}
        </QueryView>
      </Section>
      {calculate.data && (
        <div ref={result} className="scroll-mt-16">
          <Section title="Your calculation">
            <WaterfallView arbitrage={calculate.data} />
          </Section>
        </div>
      )}
    </>
  );
}
