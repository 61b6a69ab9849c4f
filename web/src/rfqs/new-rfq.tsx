import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { server } from '../api/client.ts';
import { Problem } from '../api/problem.ts';
import type { Body } from '../api/shapes.ts';
import { Button } from '../design/button.tsx';
import { Form, TextField } from '../design/fields.tsx';
import { Page, Section } from '../design/page.tsx';
import { Empty, QueryView } from '../design/query-view.tsx';
import { useToast } from '../design/toasts.tsx';
import { ComparingFields } from './comparing-fields.tsx';
import { firstDates, readComparing, readGoods, readRules } from './draft-terms.ts';
import { forgetFirstStep, recallFirstStep, rememberFirstStep } from './first-step.ts';
import { GoodsFields } from './goods-fields.tsx';
import { steps } from './new-rfq-search.ts';
import { useRefreshRfq } from './refresh-rfq.ts';
import { ReviewStep } from './review-step.tsx';
import type { Rfq, Terms } from './rfq.ts';
import { RulesFields } from './rules-fields.tsx';
import type { FieldError } from './scenario.ts';
import { SuppliersStep } from './suppliers-step.tsx';

type Step = (typeof steps)[number];

const stepLabels: Record<Step, string> = {
  goods: 'What and where',
  rules: 'Dates and rules',
  comparing: 'Comparing offers',
  suppliers: 'Who may respond',
  review: 'Review and send',
};

export type DraftBody = Body<'/api/rfqs'>;

/** Writing a request step by step. From the first step on it is a draft on the platform, which can be taken up anywhere. */
export function NewRfq() {
  const { draft, step = 'goods' } = useSearch({ from: '/_app/rfq/new' });
  return (
    <Page
      title="Make a request for quotation"
      above={
        <Link to="/rfq" className="underline">
          Requests
        </Link>
      }
      summary="Suppliers that fit are told when you send it out, and hand in sealed responses until your deadline."
    >
      {draft ? <Draft rfqId={draft} step={step} /> : <Steps step="goods" draft={undefined} />}
    </Page>
  );
}

function Draft({ rfqId, step }: { rfqId: string; step: Step }) {
  const rfq = server.useQuery('get', '/api/rfqs/{id}', { params: { path: { id: rfqId } } });
  return (
    <QueryView query={rfq} rows={8}>
      {(draft) =>
        draft.status === 'draft' ? (
          <Steps key={`${draft.rfqId} ${step}`} step={step} draft={draft} />
        ) : (
          <Empty
            title="This request is no longer a draft"
            action={
              <Link to="/rfq/$rfqId" params={{ rfqId }} className="font-medium text-accent underline">
                Go to the request
              </Link>
            }
          >
            It was sent out or cancelled. Terms that were sent out can be amended.
          </Empty>
        )
      }
    </QueryView>
  );
}

function Steps({ step, draft }: { step: Step; draft: Rfq | undefined }) {
  return (
    <>
      <StepList step={step} draft={draft} />
      {step === 'review' && draft ? <ReviewStep draft={draft} /> : <StepForm step={step} draft={draft} />}
    </>
  );
}

function StepList({ step, draft }: { step: Step; draft: Rfq | undefined }) {
  return (
    <nav aria-label="Steps">
      <ol className="flex flex-wrap gap-2">
        {steps.map((each, index) => {
          const label = `${index + 1}. ${stepLabels[each]}`;
          const look = 'inline-flex min-h-8 items-center rounded-md border px-3 text-sm';
          return (
            <li key={each}>
              {draft && each !== step ? (
                <Link
                  to="/rfq/new"
                  search={{ draft: draft.rfqId, step: each }}
                  className={`${look} border-line-strong bg-surface hover:bg-sunken`}
                >
                  {label}
                </Link>
              ) : (
                <span
                  aria-current={each === step ? 'step' : undefined}
                  className={`${look} ${each === step ? 'border-accent bg-accent-soft font-semibold' : 'border-line text-muted'}`}
                >
                  {label}
                </span>
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

interface StepRead {
  body: DraftBody;
  errors: FieldError[];
}

function StepForm({ step, draft }: { step: Step; draft: Rfq | undefined }) {
  const navigate = useNavigate();
  const refresh = useRefreshRfq();
  const toast = useToast();
  const [problem, setProblem] = useState<unknown>();
  const formRef = useRef<HTMLFormElement>(null);
  const create = server.useMutation('post', '/api/rfqs');
  const save = server.useMutation('put', '/api/rfqs/{id}');
  const next = steps[steps.indexOf(step) + 1] ?? 'review';
  // Where something is wrong comes into view with the first field that is.
  useEffect(() => {
    if (problem) formRef.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [problem]);

  const submit = async (data: FormData) => {
    const { body, errors } = readStep(step, data, draft);
    setProblem(errors.length > 0 ? new Problem({ detail: 'Some fields need another look.', errors }) : undefined);
    if (errors.length > 0) return;
    try {
      const { rfqId } = draft
        ? await save.mutateAsync({ params: { path: { id: draft.rfqId } }, body })
        : await create.mutateAsync({ body });
      forgetFirstStep();
      await refresh();
      toast('The draft is saved.');
      await navigate({ to: '/rfq/new', search: { draft: rfqId, step: next } });
    } catch (refused) {
      setProblem(refused);
    }
  };
  return (
    <Section title={stepLabels[step]}>
      <Form
        ref={formRef}
        problem={problem}
        onSubmit={(data) => void submit(data)}
        onChange={(event) => {
          if (!draft) rememberFirstStep(new FormData(event.currentTarget));
        }}
      >
        <StepFields step={step} draft={draft} />
        <div className="flex flex-wrap items-center justify-between gap-3 border-t border-line pt-4">
          <p className="text-sm text-muted">
            {draft
              ? 'Each step is saved on Clearlot when you go on.'
              : 'When you go on it becomes a draft that only you see.'}
          </p>
          <Button type="submit" variant="primary" busy={create.isPending || save.isPending}>
            Save and go on
          </Button>
        </div>
      </Form>
    </Section>
  );
}

function StepFields({ step, draft }: { step: Step; draft: Rfq | undefined }) {
  const [first] = useState(() => (draft ? undefined : recallFirstStep()));
  if (!draft || step === 'goods') {
    const { title = '', currency = 'USD' } = draft ?? first ?? {};
    return (
      <>
        <div className="grid gap-4 sm:grid-cols-[3fr_1fr]">
          <TextField
            name="title"
            label="Title of the request"
            hint="Suppliers read it first, such as “Carbonate for Antwerp, first half”."
            required
            maxLength={200}
            defaultValue={title}
          />
          <TextField
            name="currency"
            label="Currency of prices"
            required
            pattern="[A-Za-z]{3}"
            title="Three letters, such as USD"
            autoComplete="off"
            defaultValue={currency}
          />
        </div>
        <GoodsFields terms={draft?.terms ?? first?.goods} />
      </>
    );
  }
  if (step === 'rules') return <RulesFields terms={draft.terms} />;
  if (step === 'comparing') return <ComparingFields terms={draft.terms} currency={draft.currency} />;
  return <SuppliersStep draft={draft} />;
}

/** The whole draft with what a step says in place of what it was. */
function readStep(step: Step, data: FormData, draft: Rfq | undefined): StepRead {
  const before = draft?.terms;
  if (!draft || !before || step === 'goods') {
    const { value, errors } = readGoods(data, before);
    const terms: Terms = { ...firstDates(Date.now()), ...before, ...value };
    const title = String(data.get('title') ?? '').trim();
    const currency = String(data.get('currency') ?? '').toUpperCase();
    const { visibility = 'open' } = draft ?? {};
    const invitedSupplierIds = draft?.buyers?.invitedSupplierIds ?? [];
    return { body: { title, currency, visibility, terms, invitedSupplierIds }, errors };
  }
  const { title, currency, visibility } = draft;
  const body: DraftBody = {
    ...{ title, currency, visibility, terms: before },
    invitedSupplierIds: draft.buyers?.invitedSupplierIds ?? [],
  };
  if (step === 'rules') {
    const { value, errors } = readRules(data, before, Date.now());
    return { body: { ...body, terms: { ...before, ...value } }, errors };
  }
  if (step === 'comparing') {
    const { value, errors } = readComparing(data, before.lines, currency);
    return { body: { ...body, terms: { ...before, ...value } }, errors };
  }
  const chosen = data.get('visibility') === 'invited' ? 'invited' : 'open';
  const invitedSupplierIds = chosen === 'invited' ? data.getAll('invitedSupplierIds').map(String) : [];
  const nobody = { pointer: '/visibility', message: 'Invite at least one supplier below.' };
  const errors = chosen === 'invited' && invitedSupplierIds.length === 0 ? [nobody] : [];
  return { body: { ...body, visibility: chosen, invitedSupplierIds }, errors };
}
