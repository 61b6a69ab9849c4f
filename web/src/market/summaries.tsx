import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api } from '../api/client.ts';
import { Button } from '../design/button.tsx';
import { Instant } from '../design/figures.tsx';
import { Notice } from '../design/notice.tsx';
import { Section } from '../design/page.tsx';
import { Empty, QueryView } from '../design/query-view.tsx';
import { formatCount, formatDate } from '../money/format.ts';
import { KindBadge } from './badges.tsx';
import { FilterSelect } from './filter-select.tsx';
import { MarketPage } from './market-page.tsx';
import { useMarketSearch } from './market-search.ts';
import { citedSearch, type Summary, SummaryText } from './summary-text.tsx';

const locales = [
  { value: 'en', label: 'English' },
  { value: 'de', label: 'Deutsch' },
] as const;

/** What each day's figures say in words; every statement leads to the figures it was written from. */
export function Summaries() {
  const { search, set } = useMarketSearch();
  const locale = locales.find(({ value }) => value === search.language)?.value ?? 'en';
  const summaries = useInfiniteQuery({
    queryKey: ['market', 'summaries', locale],
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam: cursor }) => {
      const query = { locale, limit: 10, ...(cursor ? { cursor } : {}) };
      const { data } = await api.GET('/api/market/summaries', { params: { query } });
      return data ?? { items: [], nextCursor: null };
    },
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  });
  return (
    <MarketPage
      title="Daily summary"
      summary="The figures of a day in words. Each number in the text leads to the figure it was written from; a text that says what no figure says is not published."
      actions={
        <FilterSelect
          label="Language"
          choices={locales}
          value={locale}
          onChange={(language) => set({ language: language === 'en' ? undefined : language })}
        />
      }
    >
      <QueryView query={summaries}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0) {
            return (
              <Empty title="No summary is written yet">One is written every day that has figures to write about.</Empty>
            );
          }
          return items.map((summary) => <DaySummary key={summary.summaryId} summary={summary} locale={locale} />);
        }}
      </QueryView>
      {summaries.hasNextPage && (
        <div>
          <Button onClick={() => void summaries.fetchNextPage()} busy={summaries.isFetchingNextPage}>
            Show earlier days
          </Button>
        </div>
      )}
    </MarketPage>
  );
}

function DaySummary({ summary, locale }: { summary: Summary; locale: string }) {
  const { day, status, revision, origin, model, writtenAt, citations } = summary;
  return (
    <Section title={formatDate(day)}>
      <div className="grid gap-5 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="grid content-start gap-3">
          {status === 'retracted' ? (
            <Notice tone="red" title="This summary was taken back">
              {summary.retractionReason ?? 'No reason was given.'} <Instant at={summary.retractedAt} />
            </Notice>
          ) : (
            <div lang={locale} className="max-w-prose text-lg">
              <SummaryText text={summary.text} citations={citations} />
            </div>
          )}
          <p className="text-xs text-muted">
            {origin === 'model'
              ? `Written by ${model ?? 'a language model'} from the figures beside it, and checked against them`
              : 'Written by rule from the figures beside it'}
            , <Instant at={writtenAt} />
            {revision > 1 ? `, revision ${revision}` : ''}.
          </p>
        </div>
        <ol aria-label="Figures it was written from" className="grid content-start gap-3 text-sm">
          {citations.map((citation) => (
            <li key={citation.marker} className="grid grid-cols-[1.75rem_1fr] gap-x-1">
              <span className="figures font-semibold text-muted">{citation.marker}</span>
              <span className="min-w-0">
                <Link
                  to="/market/$instrumentId"
                  params={{ instrumentId: citation.instrumentId }}
                  search={citedSearch(citation) as never}
                  hash="observations"
                  className="font-medium text-accent hover:underline"
                >
                  {citation.name}
                </Link>
                <span className="figures block">
                  {formatCount(citation.mid)} {citation.per} on {formatDate(citation.day)}
                  {citation.previous &&
                    `, before ${formatCount(citation.previous.mid)} on ${formatDate(citation.previous.day)}`}
                </span>
                <span className="flex flex-wrap items-center gap-2 text-xs text-muted">
                  {citation.source}, {citation.edition} <KindBadge kind={citation.kind} />
                </span>
              </span>
            </li>
          ))}
        </ol>
      </div>
    </Section>
  );
}
