import { linkOptions } from '@tanstack/react-router';
import { server } from '../api/client.ts';
import { ButtonLink } from '../design/button.tsx';
import { Count } from '../design/figures.tsx';
import { Page, Section } from '../design/page.tsx';
import { QueryView } from '../design/query-view.tsx';
import { DocumentRows } from '../documents/document-rows.tsx';
import { PaymentRows } from '../payments/payment-rows.tsx';
import { useMe } from '../session/session.ts';
import { holdingState, kindLabel } from '../shares/holding-words.ts';
import { NextTask } from './next-task.tsx';
import { Parts } from './parts.tsx';
import { ShortList } from './short-list.tsx';
import type { Task } from './tasks.tsx';

const polled = { refetchInterval: 10_000 };

/** What waits on a seller, where their offers stand, and what they were paid. */
export function SellerHome() {
  const { fullName } = useMe();
  const offers = server.useQuery('get', '/api/participations/my', {}, polled);
  const payments = server.useQuery('get', '/api/payments/my', {}, polled);
  const documents = server.useQuery('get', '/api/documents/my', {}, polled);
  return (
    <Page
      title={`Welcome, ${fullName}`}
      actions={
        <>
          <ButtonLink to="/onboarding/holdings">My holdings</ButtonLink>
          <ButtonLink to="/deals">Open deals</ButtonLink>
        </>
      }
    >
      <Section title="Waits on you" plain>
        <SellerTasks />
      </Section>
      <Section title="Your offers" plain>
        <QueryView query={offers}>
          {(all) => <Parts parts={all} empty="Shares that you offer in a deal appear here with their state." />}
        </QueryView>
      </Section>
      <MyHoldings />
      <Section title="Documents" plain>
        <QueryView query={documents}>
          {(all) => (
            <DocumentRows
              documents={all.filter(({ dealId }) => dealId !== null).slice(0, 5)}
              empty="Your purchase agreements appear here."
            />
          )}
        </QueryView>
      </Section>
      <Section title="Payouts" plain>
        <QueryView query={payments}>
          {(all) => <PaymentRows payments={all.slice(0, 5)} empty="What a deal pays you appears here." />}
        </QueryView>
      </Section>
    </Page>
  );
}

function MyHoldings() {
  const holdings = server.useQuery('get', '/api/holdings/my', {}, polled);
  const toHoldings = linkOptions({ to: '/onboarding/holdings' });
  return (
    <QueryView query={holdings}>
      {(all) => (
        <ShortList
          title="Your holdings"
          all={toHoldings}
          empty="Shares that you own appear here with the state of their review."
          rows={all.slice(0, 5).map((each) => ({
            key: each.holdingId,
            title: each.companyName,
            about: (
              <>
                <Count value={each.quantity} unit={`${kindLabel(each.shareType)} shares`} />,{' '}
                <Count value={each.availableQuantity} unit="free to offer" />
              </>
            ),
            state: holdingState(each.status),
            link: toHoldings,
          }))}
        />
      )}
    </QueryView>
  );
}

function SellerTasks() {
  const holdings = server.useQuery('get', '/api/holdings/my', {}, polled);
  const documents = server.useQuery('get', '/api/documents/my', {}, polled);
  const toHoldings = linkOptions({ to: '/onboarding/holdings' });
  const first: Task = {
    key: 'first',
    title: 'Add your first holding',
    about: 'Then join an open deal.',
    link: toHoldings,
  };
  return (
    <QueryView query={holdings}>
      {(all) => (
        <NextTask
          nothing="Agreements to sign and proofs to upload appear here."
          tasks={[
            ...(all.length === 0 ? [first] : []),
            ...all
              .filter(({ status, documents: proofs }) => status === 'pending' && proofs.length === 0)
              .map(({ holdingId, companyName }) => ({
                key: holdingId,
                title: 'Upload the proof of a holding',
                about: companyName,
                link: toHoldings,
              })),
            ...(documents.data ?? [])
              .filter(({ needsMySignature }) => needsMySignature)
              .map(({ documentId, title }) => ({
                key: documentId,
                title: 'Sign an agreement',
                about: title,
                link: linkOptions({ to: '/documents/$documentId', params: { documentId } }),
              })),
          ]}
        />
      )}
    </QueryView>
  );
}
