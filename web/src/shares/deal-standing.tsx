import { Link } from '@tanstack/react-router';
import { server } from '../api/client.ts';
import { ButtonLink } from '../design/button.tsx';
import { Count, Instant, Money } from '../design/figures.tsx';
import { StateLadder } from '../design/ladder.tsx';
import { Notice } from '../design/notice.tsx';
import { Facts, Page, Section } from '../design/page.tsx';
import { PageError } from '../design/page-error.tsx';
import { Skeleton } from '../design/query-view.tsx';
import { Status, type Tone, words } from '../design/status.tsx';
import { DocumentRows } from '../documents/document-rows.tsx';
import { PaymentRows } from '../payments/payment-rows.tsx';
import { type Payment, waitsForMyWire } from '../payments/payment-words.ts';
import { WireInstructions } from '../payments/wire-instructions.tsx';
import { kindLabel } from './holding-words.ts';
import { isOffer, type Part, partId, partsOf, rungsOf, type Standing, type Waiting, waitingFor } from './standing.ts';
import { dealState, partState } from './standing-words.ts';
import { Withdraw } from './withdraw.tsx';

/** How often to look again: while signatures, wires and payouts come in, and otherwise. */
const soonMs = 2_000;
const laterMs = 10_000;

const everyFor = (status: string | undefined) =>
  status === 'closed' || status === 'cancelled' ? false : status === 'locked' ? soonMs : laterMs;

/** Where I stand in a deal: who must act next, the way so far, amounts, documents, payments. */
export function DealStanding({ dealId }: { dealId: string }) {
  const standing = server.useQuery(
    'get',
    '/api/deals/{id}/status',
    { params: { path: { id: dealId } } },
    { refetchInterval: ({ state }) => everyFor(state.data?.dealStatus) },
  );
  const refetchInterval = everyFor(standing.data?.dealStatus);
  const payments = server.useQuery('get', '/api/payments/my', {}, { refetchInterval });
  const documents = server.useQuery('get', '/api/documents/my', {}, { refetchInterval });
  if (standing.error && !standing.data) {
    return <PageError error={standing.error} retry={() => void standing.refetch()} />;
  }
  if (!standing.data) {
    return (
      <Page title="Your part">
        <Skeleton rows={8} />
      </Page>
    );
  }
  const { dealName, deal, dealStatus } = standing.data;
  const parts = partsOf(standing.data);
  const own = (payments.data ?? []).filter((each) => each.dealId === dealId);
  const wire = own.find(waitsForMyWire);
  const { label, tone } = dealState(dealStatus);
  return (
    <Page
      title={dealName}
      above={
        <Link to="/deals/$dealId" params={{ dealId }} className="hover:underline">
          {deal.companyName}: terms and risks
        </Link>
      }
      status={<Status tone={tone}>{label}</Status>}
    >
      {parts[0] && <NextStep part={parts[0]} waiting={waitingFor(standing.data, parts[0], own)} />}
      {wire && (
        <Section title="Wire instructions">
          <WireInstructions payment={wire} />
        </Section>
      )}
      {parts.map((part) => (
        <PartSection key={partId(part)} standing={standing.data} part={part} payments={own} />
      ))}
      <Section title="Documents" plain>
        <DocumentRows
          documents={(documents.data ?? []).filter((each) => each.dealId === dealId)}
          empty="Your purchase agreements appear here once the allocation is locked."
        />
      </Section>
      <Section title="Payments" plain>
        <PaymentRows payments={own} empty="No money has moved in this deal yet." />
      </Section>
      <Section title="Record">
        <Recorded standing={standing.data} />
      </Section>
    </Page>
  );
}

const tones: Record<Exclude<Waiting['on'], 'nobody'>, Tone> = { you: 'amber', clearlot: 'blue', others: 'blue' };

function NextStep({ part, waiting }: { part: Part; waiting: Waiting }) {
  const { on, title, detail, act } = waiting;
  return (
    <Notice
      tone={on === 'nobody' ? partState(part.status).tone : tones[on]}
      title={on === 'you' ? `Your turn: ${title.charAt(0).toLowerCase()}${title.slice(1)}` : title}
      action={
        act?.documentId ? (
          <ButtonLink to="/documents/$documentId" params={{ documentId: act.documentId }} variant="primary">
            {act.label}
          </ButtonLink>
        ) : act?.paymentId ? (
          <ButtonLink to="/payments/$paymentId" params={{ paymentId: act.paymentId }} variant="primary">
            {act.label}
          </ButtonLink>
        ) : undefined
      }
    >
      {detail}
    </Notice>
  );
}

function PartSection({ standing, part, payments }: { standing: Standing; part: Part; payments: readonly Payment[] }) {
  const { label, tone } = partState(part.status);
  return (
    <Section
      title={isOffer(part) ? 'Your offer' : 'Your commitment'}
      actions={
        <div className="flex items-center gap-3">
          <Status tone={tone}>{label}</Status>
          <Withdraw part={part} standing={standing} />
        </div>
      }
    >
      <div className="grid gap-8 md:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
        <StateLadder label="Your way through the deal" rungs={rungsOf(standing, part, payments)} />
        <Facts columns={1} facts={factsOf(standing, part)} />
      </div>
    </Section>
  );
}

function factsOf({ currency, price, amounts, participations }: Standing, part: Part) {
  const money = (amount: number | string | null) => <Money amount={amount} currency={currency} />;
  if (!isOffer(part)) {
    return [
      ['Committed', money(part.commitmentAmount)],
      ['Allocated', <Count key="shares" value={part.allocatedShares || null} unit="shares" />],
      ['Price per share', money(price)],
      ['To wire', money(part.allocatedShares ? part.allocatedAmount : null)],
      ...(part.notes ? [['Note from Clearlot', part.notes] as const] : []),
    ] as const;
  }
  return [
    ['Offered', <Count key="offered" value={part.sharesToSell} unit={`${kindLabel(part.shareType)} shares`} />],
    ['Approved', <Count key="approved" value={part.approvedShares} unit="shares" />],
    ['Allocated', <Count key="allocated" value={part.allocatedShares || null} unit="shares" />],
    ['Price per share', money(price)],
    // What the platform says of the newest offer; with several, each has its own in its agreement.
    ...(participations.length === 1
      ? [['Your proceeds', money(part.allocatedShares ? amounts.proceeds : null)] as const]
      : []),
    ...(part.notes ? [['Note from Clearlot', part.notes] as const] : []),
  ] as const;
}

/** Everything that was recorded, oldest first: the deal's own steps and mine. */
function Recorded({ standing }: { standing: Standing }) {
  const subjects: Record<string, string> = { deal: 'Deal', participation: 'Your offer', commitment: 'Your commitment' };
  return (
    <ol className="grid gap-2 text-sm">
      {standing.timeline.map(({ at, subjectType, subjectId, status, note }) => (
        <li key={`${subjectId} ${status} ${at}`} className="grid gap-x-4 sm:grid-cols-[13rem_minmax(0,1fr)]">
          <span className="text-muted">
            <Instant at={at} />
          </span>
          <span>
            {subjects[subjectType] ?? words(subjectType)}: {words(status).toLowerCase()}
            {note ? `. ${note}` : ''}
          </span>
        </li>
      ))}
    </ol>
  );
}
