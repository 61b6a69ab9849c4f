import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { server } from '../api/client.ts';
import { Problem } from '../api/problem.ts';
import type { Answer } from '../api/shapes.ts';
import { Button } from '../design/button.tsx';
import { Confirm } from '../design/dialog.tsx';
import { Form, SelectField, TextAreaField, TextField } from '../design/fields.tsx';
import { Instant, Money } from '../design/figures.tsx';
import { Notice } from '../design/notice.tsx';
import { Page, Section } from '../design/page.tsx';
import { Empty, QueryView } from '../design/query-view.tsx';
import { formatCount } from '../money/format.ts';
import { MoneyField } from '../money/money-field.tsx';
import { toLocalInput } from './draft-terms.ts';
import { KeptFile } from './kept-file.tsx';
import { Countdown } from './next-step.tsx';
import { OfferFields, type OfferRow } from './offer-fields.tsx';
import { useRefreshRfq } from './refresh-rfq.ts';
import { type ResponseContent, readResponse, responseTotals } from './response-content.ts';
import { type Rfq, takesResponses } from './rfq.ts';
import { freeId } from './rows.tsx';
import { Sealed } from './sealed.tsx';

export type SealedResponse = Answer<'/api/rfqs/{id}/responses', 'post'>;

/** Answering a request: the response is sealed as a whole, and the newest one counts. */
export function Respond() {
  const { rfqId } = useParams({ from: '/_app/rfq/$rfqId/respond' });
  const rfq = server.useQuery('get', '/api/rfqs/{id}', { params: { path: { id: rfqId } } });
  const [sealed, setSealed] = useState<SealedResponse>();
  const [kept, setKept] = useState<ResponseContent>();
  return (
    <Page
      title={sealed ? 'Your response is sealed' : 'Respond'}
      above={
        <Link to="/rfq/$rfqId" params={{ rfqId }} className="underline">
          {rfq.data?.title ?? 'The request'}
        </Link>
      }
      summary={
        !sealed && 'Nobody can read it before the deadline, neither the buyer nor Clearlot. The newest response counts.'
      }
    >
      <QueryView query={rfq} rows={10}>
        {(it) =>
          sealed ? (
            <Sealed rfq={it} sealed={sealed} />
          ) : takesResponses(it, Date.now()) ? (
            <>
              <KeptFile onContent={setKept} />
              <ResponseForm
                key={kept ? JSON.stringify(kept) : it.version}
                rfq={it}
                before={kept}
                onSealed={setSealed}
              />
            </>
          ) : (
            <Empty title="Responses are no longer taken">The deadline has passed.</Empty>
          )
        }
      </QueryView>
    </Page>
  );
}

/** A row for each line and for each alternate that was handed in before. */
function firstRows({ terms }: Rfq, before: ResponseContent | undefined): OfferRow[] {
  return terms.lines.flatMap((line) => {
    const offers = before?.offers.filter(({ lineId }) => lineId === line.lineId) ?? [];
    const asked = offers.find(({ alternate }) => !alternate);
    const others = offers.filter(({ alternate }) => alternate);
    return [
      { key: line.lineId, line, offerId: asked?.offerId ?? line.lineId, alternate: false, before: asked },
      ...others.map((offer) => ({
        ...{ key: offer.offerId, line, offerId: offer.offerId },
        ...{ alternate: true, before: offer },
      })),
    ];
  });
}

function ResponseForm({
  rfq,
  before,
  onSealed,
}: {
  rfq: Rfq;
  before: ResponseContent | undefined;
  onSealed(sealed: SealedResponse): void;
}) {
  const { rfqId, version, currency, terms, deadlineAt } = rfq;
  const [rows, setRows] = useState(() => firstRows(rfq, before));
  const [problem, setProblem] = useState<Problem>();
  const [content, setContent] = useState<ResponseContent>();
  const refresh = useRefreshRfq();
  const supplier = server.useQuery('get', '/api/suppliers/my');
  const seal = server.useMutation('post', '/api/rfqs/{id}/responses', {
    onSuccess: async (sealed) => {
      await refresh();
      onSealed(sealed);
    },
  });
  const submit = (data: FormData) => {
    const read = readResponse(data, terms, currency);
    const isWrong = read.errors.length > 0;
    setProblem(isWrong ? new Problem({ detail: 'Some fields need another look.', errors: read.errors }) : undefined);
    if (!isWrong) setContent(read.content);
  };
  const addAlternate = (row: OfferRow) => {
    const taken = rows.map(({ offerId }) => offerId);
    const offerId = freeId('A', taken, 0);
    const at = rows.indexOf(row) + 1;
    setRows([
      ...rows.slice(0, at),
      { ...row, key: offerId, offerId, alternate: true, before: undefined },
      ...rows.slice(at),
    ]);
  };
  return (
    <Form problem={problem} onSubmit={submit} className="gap-6">
      <Notice tone="amber" title="You answer the terms as they are now." action={<Countdown at={deadlineAt} />}>
        Version {version}. Responses are taken until <Instant at={deadlineAt} />.
      </Notice>
      {rows.map((row, index) => (
        <OfferFields
          key={row.key}
          row={row}
          index={index}
          rfq={rfq}
          home={supplier.data?.country}
          onAlternate={row.alternate ? undefined : () => addAlternate(row)}
          onRemove={row.alternate ? () => setRows(rows.filter((each) => each !== row)) : undefined}
        />
      ))}
      <Section title="For the whole response">
        <Whole rfq={rfq} before={before} />
      </Section>
      <div className="flex justify-end">
        <Button type="submit" variant="primary">
          Look at it before you seal it
        </Button>
      </div>
      {content && (
        <Confirm
          open
          onClose={() => setContent(undefined)}
          onConfirm={() => seal.mutate({ params: { path: { id: rfqId } }, body: { rfqVersion: version, content } })}
          title={`Seal your ${content.kind} response`}
          action="Seal it and hand it in"
          busy={seal.isPending}
          problem={seal.error}
        >
          <Preview rfq={rfq} content={content} />
        </Confirm>
      )}
    </Form>
  );
}

function Whole({ rfq: { terms, currency }, before }: { rfq: Rfq; before: ResponseContent | undefined }) {
  const claims: Record<string, unknown> = before?.criteria ?? {};
  const costs: Record<string, unknown> = before?.otherCosts ?? {};
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <SelectField
        name="content.kind"
        label="Kind"
        choices={[
          { value: 'firm', label: 'Firm: it binds you until it ends' },
          { value: 'indicative', label: 'Indicative: it is shown but cannot be awarded' },
        ]}
        defaultValue={before?.kind ?? 'firm'}
      />
      <TextField
        name="content.validUntil"
        label="Valid until"
        hint="A firm response must stand until the buyer decides."
        type="datetime-local"
        required
        defaultValue={toLocalInput(before?.validUntil ?? weekAfter(terms.decideBy))}
      />
      {(terms.criteria ?? []).map(({ criterionId, title, options }) => (
        <SelectField
          key={criterionId}
          name={`content.criteria.${criterionId}`}
          label={title}
          hint="What you claim you have to be able to prove."
          choices={[
            { value: '', label: 'Choose what you claim' },
            ...options.map((option) => ({ value: option.value, label: option.title || option.value })),
          ]}
          defaultValue={String(claims[criterionId] ?? '')}
        />
      ))}
      {(terms.otherCosts ?? []).map(({ costId, title }) => (
        <MoneyField
          key={costId}
          name={`content.otherCosts.${costId}`}
          label={`${title}, per tonne`}
          currency={currency}
          defaultValue={costs[costId] === undefined ? '' : String(costs[costId])}
        />
      ))}
      <div className="sm:col-span-2">
        <TextAreaField
          name="content.notes"
          label="Notes to the buyer"
          maxLength={10_000}
          rows={3}
          defaultValue={before?.notes ?? ''}
        />
      </div>
    </div>
  );
}

const weekMs = 7 * 86_400_000;
const weekAfter = (at: string) => new Date(Date.parse(at) + weekMs).toISOString();

function Preview({ rfq: { terms, currency, deadlineAt }, content }: { rfq: Rfq; content: ResponseContent }) {
  const { rows, total } = responseTotals(content.offers, terms.lines, currency);
  return (
    <>
      <ul className="grid gap-1">
        {rows.map(({ offer, takenKg, amount }) => (
          <li key={offer.offerId} className="flex flex-wrap justify-between gap-x-4">
            <span>
              {terms.lines.find(({ lineId }) => lineId === offer.lineId)?.title}
              {offer.alternate && ', alternate'}: {formatCount(takenKg)} kg at{' '}
              <Money amount={offer.price} currency={currency} /> a tonne {offer.incoterm}
            </span>
            <Money amount={amount} currency={currency} />
          </li>
        ))}
      </ul>
      <p className="flex justify-between border-t border-line pt-2 font-semibold">
        <span>All as asked for</span>
        <Money amount={total} currency={currency} />
      </p>
      <p>
        It is sealed now and opened at <Instant at={deadlineAt} />.{' '}
        {content.kind === 'firm' && (
          <>
            From then it binds you until <Instant at={content.validUntil} />.{' '}
          </>
        )}
        Until the deadline you may replace it or take it back.
      </p>
    </>
  );
}
