import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { server } from '../api/client.ts';
import { Problem } from '../api/problem.ts';
import { Button } from '../design/button.tsx';
import { Confirm } from '../design/dialog.tsx';
import { Form, TextAreaField } from '../design/fields.tsx';
import { Instant } from '../design/figures.tsx';
import { Page, Section } from '../design/page.tsx';
import { Empty, QueryView } from '../design/query-view.tsx';
import { useToast } from '../design/toasts.tsx';
import { ComparingFields } from './comparing-fields.tsx';
import { readComparing, readGoods, readRules } from './draft-terms.ts';
import { GoodsFields } from './goods-fields.tsx';
import { useRefreshRfq } from './refresh-rfq.ts';
import { type Rfq, type Terms, takesResponses } from './rfq.ts';
import { RulesFields } from './rules-fields.tsx';

/** Changing the terms of a request that is out, before its deadline. */
export function AmendRfq() {
  const { rfqId } = useParams({ from: '/_app/rfq/$rfqId/amend' });
  const rfq = server.useQuery('get', '/api/rfqs/{id}', { params: { path: { id: rfqId } } });
  return (
    <Page
      title="Amend the terms"
      above={
        <Link to="/rfq/$rfqId" params={{ rfqId }} className="underline">
          {rfq.data?.title ?? 'The request'}
        </Link>
      }
      summary="A new version of the terms. Everybody who sees the request reads what changed and why."
    >
      <QueryView query={rfq} rows={10}>
        {(it) =>
          it.buyers && takesResponses(it, Date.now()) ? (
            <Amending key={it.version} rfq={it} />
          ) : (
            <Empty title="The terms can no longer be changed">
              They can from the time a request is sent out until its deadline, by its buyer.
            </Empty>
          )
        }
      </QueryView>
    </Page>
  );
}

function Amending({ rfq }: { rfq: Rfq }) {
  const { rfqId, version, currency, terms: before } = rfq;
  const [problem, setProblem] = useState<Problem>();
  const [asked, setAsked] = useState<{ terms: Terms; reason: string }>();
  const navigate = useNavigate();
  const refresh = useRefreshRfq();
  const toast = useToast();
  const amend = server.useMutation('post', '/api/rfqs/{id}/amend', {
    onSuccess: async () => {
      await refresh();
      toast(`Version ${version + 1} of the terms is out.`);
      await navigate({ to: '/rfq/$rfqId', params: { rfqId } });
    },
  });
  const submit = (data: FormData) => {
    const goods = readGoods(data, before);
    const rules = readRules(data, { ...before, ...goods.value }, Date.now());
    const comparing = readComparing(data, goods.value.lines, currency);
    const errors = [...goods.errors, ...rules.errors, ...comparing.errors];
    if (Date.parse(rules.value.deadlineAt) < Date.parse(before.deadlineAt)) {
      errors.push({ pointer: '/terms/deadlineAt', message: 'It can only move to a later time.' });
    }
    setProblem(errors.length > 0 ? new Problem({ detail: 'Some fields need another look.', errors }) : undefined);
    if (errors.length > 0) return;
    const terms = { ...before, ...goods.value, ...rules.value, ...comparing.value };
    setAsked({ terms, reason: String(data.get('reason') ?? '').trim() });
  };
  return (
    <Form problem={problem} onSubmit={submit} className="gap-6">
      <Section title="What and where">
        <GoodsFields terms={before} />
      </Section>
      <Section title="Dates and rules">
        <RulesFields terms={before} />
      </Section>
      <Section title="How offers are compared">
        <p className="mb-4 text-sm text-muted">A line that you add gets its price adjustments in another amendment.</p>
        <ComparingFields terms={before} currency={currency} />
      </Section>
      <Section title="Why you amend it">
        <TextAreaField name="reason" label="Reason" hint="Suppliers read it." required maxLength={2_000} rows={3} />
      </Section>
      <div className="flex justify-end">
        <Button type="submit" variant="primary">
          Amend the terms
        </Button>
      </div>
      {asked && (
        <Confirm
          open
          onClose={() => setAsked(undefined)}
          onConfirm={() => amend.mutate({ params: { path: { id: rfqId } }, body: asked })}
          title={`Version ${version + 1} of the terms`}
          action="Amend the terms"
          busy={amend.isPending}
          problem={amend.error}
        >
          <p>
            Version {version + 1} takes the place of version {version} now. Responses that were handed in count only if
            their suppliers let them stand or replace them by <Instant at={asked.terms.deadlineAt} />.
          </p>
        </Confirm>
      )}
    </Form>
  );
}
