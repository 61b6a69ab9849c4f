import { Link, useParams } from '@tanstack/react-router';
import { server } from '../api/client.ts';
import { Instant } from '../design/figures.tsx';
import { type Rung, StateLadder } from '../design/ladder.tsx';
import { Page, Section } from '../design/page.tsx';
import { QueryView } from '../design/query-view.tsx';
import { Status, words } from '../design/status.tsx';
import { useMe } from '../session/session.ts';
import { Attachments } from './attachments.tsx';
import { Award } from './award.tsx';
import { Comparison } from './comparison.tsx';
import { useIsPast } from './countdown.ts';
import { Decide } from './decide.tsx';
import { Matches } from './matches.tsx';
import { BuyersActions, BuyersNextStep, SuppliersNextStep } from './next-step.tsx';
import { OwnResponses } from './own-responses.tsx';
import { Questions } from './questions.tsx';
import { type Looker, pollMs, type Rfq, rfqRungs, rfqStatus } from './rfq.ts';
import { SupplierPrices } from './supplier-prices.tsx';
import { EvaluationRules, LinesTable, TermsFacts } from './terms-view.tsx';
import { Versions } from './versions.tsx';

/** A request for quotation: where it stands, what is to do, and everything that belongs to it. */
export function RfqPage() {
  const { rfqId } = useParams({ from: '/_app/rfq/$rfqId/' });
  const rfq = server.useQuery(
    'get',
    '/api/rfqs/{id}',
    { params: { path: { id: rfqId } } },
    { refetchInterval: ({ state }) => (state.data ? pollMs(state.data, Date.now()) : false) },
  );
  return (
    <QueryView query={rfq} rows={10}>
      {(it) => <Shown rfq={it} />}
    </QueryView>
  );
}

function Shown({ rfq }: { rfq: Rfq }) {
  const me = useMe();
  const looker: Looker = me.id === rfq.buyerId ? 'buyer' : me.role === 'operator' ? 'operator' : 'supplier';
  const isPast = useIsPast(rfq.deadlineAt);
  const { tone, text } = rfqStatus(rfq, looker);
  const handIns = useHandIns(rfq, looker === 'supplier');
  const award = useAward(rfq, looker === 'buyer' || handIns.length > 0);
  const current = handIns.find(({ status }) => status === 'sealed' || status === 'opened');
  return (
    <Page
      title={rfq.title}
      wide
      above={
        <Link to="/rfq" className="underline">
          Requests
        </Link>
      }
      status={<Status tone={tone}>{text}</Status>}
      summary={
        <>
          {rfq.productTypes.map(words).join(', ')}, {rfq.terms.incoterm} {rfq.terms.place}. Responses until{' '}
          <Instant at={rfq.deadlineAt} />
          {rfq.version > 1 && `. Version ${rfq.version} of the terms`}.
        </>
      }
      actions={looker === 'buyer' && <BuyersActions rfq={rfq} />}
    >
      {looker === 'buyer' && <BuyersNextStep rfq={rfq} award={award?.award} />}
      {looker === 'supplier' && <SuppliersNextStep rfq={rfq} current={current} />}
      <div className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_18rem]">
        <div className="grid min-w-0 content-start gap-6">
          {award && <Award rfq={rfq} award={award} looker={looker} />}
          {looker === 'buyer' && rfq.openedAt && <Decided rfq={rfq} />}
          {looker === 'supplier' && <OwnResponses rfq={rfq} handIns={handIns} />}
          <Section title="What is asked for" plain>
            <LinesTable lines={rfq.terms.lines} />
          </Section>
          <Section title="Terms">
            <TermsFacts terms={rfq.terms} currency={rfq.currency} />
          </Section>
          <Section title="How offers are compared">
            <EvaluationRules terms={rfq.terms} currency={rfq.currency} />
          </Section>
          {rfq.status !== 'draft' && <Questions rfq={rfq} looker={looker} />}
          {rfq.version > 0 && <Versions key={rfq.version} rfqId={rfq.rfqId} />}
        </div>
        <Aside rfq={rfq} looker={looker} isPast={isPast} rungs={rfqRungs(rfq, award?.award, looker)} />
      </div>
    </Page>
  );
}

function Decided({ rfq }: { rfq: Rfq }) {
  return (
    <>
      <Comparison rfq={rfq} />
      {rfq.status === 'evaluated' && <Decide rfq={rfq} />}
      <SupplierPrices rfqId={rfq.rfqId} />
    </>
  );
}

function Aside({ rfq, looker, isPast, rungs }: { rfq: Rfq; looker: Looker; isPast: boolean; rungs: readonly Rung[] }) {
  const canAdd = looker === 'buyer' && (rfq.status === 'draft' || (rfq.status === 'published' && !isPast));
  return (
    <div className="grid content-start gap-6 max-lg:contents">
      <div className="max-lg:order-first">
        <Section title="Timeline">
          <StateLadder label="The course of this request" rungs={rungs} />
        </Section>
      </div>
      <Section title="Documents">
        <Attachments rfq={rfq} canAdd={canAdd} />
      </Section>
      {rfq.publishedAt && looker !== 'operator' && (
        <Section title={looker === 'buyer' ? `Matched suppliers (${rfq.buyers?.matched ?? 0})` : 'Your match'}>
          <Matches rfqId={rfq.rfqId} isOwn={looker === 'supplier'} />
        </Section>
      )}
    </div>
  );
}

const decided: readonly Rfq['status'][] = ['awarded', 'contracted'];

/** The award that stands; whoever has no part in it has nothing to ask for. */
function useAward(rfq: Rfq, hasPart: boolean) {
  const { data } = server.useQuery(
    'get',
    '/api/rfqs/{id}/award',
    { params: { path: { id: rfq.rfqId } } },
    { enabled: hasPart && decided.includes(rfq.status), refetchInterval: pollMs(rfq, Date.now()) },
  );
  return data;
}

function useHandIns(rfq: Rfq, isSupplier: boolean) {
  const { data } = server.useQuery(
    'get',
    '/api/rfqs/{id}/responses/my',
    { params: { path: { id: rfq.rfqId } } },
    { enabled: isSupplier, refetchInterval: pollMs(rfq, Date.now()) },
  );
  return data ?? [];
}
