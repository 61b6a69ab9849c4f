import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { server } from '../api/client.ts';
import { isAboutFields } from '../api/problem.ts';
import type { Answer, Body } from '../api/shapes.ts';
import { Button, ButtonLink } from '../design/button.tsx';
import { Confirm } from '../design/dialog.tsx';
import { CheckField, Form, SelectField } from '../design/fields.tsx';
import { Section } from '../design/page.tsx';
import { Empty, QueryView } from '../design/query-view.tsx';
import { useToast } from '../design/toasts.tsx';
import { formatDate, formatMoney } from '../money/format.ts';
import { enteredMoney, MoneyField } from '../money/money-field.tsx';
import { basisLabel } from './accreditation-words.ts';
import type { Deal } from './deal-page.tsx';
import { hasEnded } from './standing-words.ts';

type Accreditation = Answer<'/api/accreditations/my'>[number];
type Commitment = Body<'/api/deals/{id}/commit'>;

/** How a buyer joins a deal: by which accreditation, with how much. */
export function CommitFunds({ deal }: { deal: Deal }) {
  const accreditations = server.useQuery('get', '/api/accreditations/my');
  const commitments = server.useQuery('get', '/api/commitments/my');
  const has = commitments.data?.some((each) => each.dealId === deal.dealId && !hasEnded(each.status));
  if (has) return null;
  return (
    <Section title="Commit funds">
      <QueryView query={accreditations}>
        {(all) => {
          const standing = all.filter(({ status }) => status === 'verified' || status === 'submitted');
          if (standing.length > 0) return <CommitForm deal={deal} accreditations={standing} />;
          return (
            <Empty
              title="Attest that you are an accredited investor first"
              action={
                <ButtonLink to="/onboarding/accreditation" variant="primary">
                  Attest now
                </ButtonLink>
              }
            >
              Private shares are sold to accredited investors only. You can commit while the attestation is reviewed.
            </Empty>
          );
        }}
      </QueryView>
    </Section>
  );
}

function CommitForm({ deal, accreditations }: { deal: Deal; accreditations: readonly Accreditation[] }) {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const toast = useToast();
  const { currency, dealId, minimumTicket, maximumTicket } = deal;
  const [draft, setDraft] = useState<Commitment>();
  const commit = server.useMutation('post', '/api/deals/{id}/commit', {
    onSuccess: async () => {
      toast('Your commitment is recorded. No money is due yet.');
      await queries.invalidateQueries();
      await navigate({ to: '/deals/$dealId/status', params: { dealId } });
    },
    // What is wrong with a field is said at the field.
    onError: (error) => isAboutFields(error) && setDraft(undefined),
  });
  const submit = (data: FormData) => {
    const commitmentAmount = enteredMoney(data, 'commitmentAmount', currency);
    if (!commitmentAmount) return;
    setDraft({ commitmentAmount, accreditationId: String(data.get('accreditationId')), acceptTerms: true });
  };
  return (
    <>
      <Form problem={draft ? undefined : commit.error} onSubmit={submit} className="max-w-xl">
        <MoneyField
          name="commitmentAmount"
          label="Amount"
          currency={currency}
          min={minimumTicket}
          max={maximumTicket}
          required
          hint={`From ${formatMoney(minimumTicket, currency)} to ${formatMoney(maximumTicket, currency)}.`}
        />
        <SelectField
          name="accreditationId"
          label="Accreditation"
          choices={accreditations.map((each) => ({
            value: each.accreditationId,
            label: `${basisLabel(each.basis)}, ${
              each.status === 'verified'
                ? `verified${each.expiresAt ? ` until ${formatDate(each.expiresAt)}` : ''}`
                : `being reviewed since ${formatDate(each.submittedAt)}`
            }`,
          }))}
        />
        <CheckField
          name="acceptTerms"
          required
          label={`I have read the risks above and accept the terms of ${deal.termsVersion}.`}
        />
        <div>
          <Button type="submit" variant="primary">
            Commit funds
          </Button>
        </div>
      </Form>
      <Confirm
        open={draft !== undefined}
        onClose={() => setDraft(undefined)}
        onConfirm={() => draft && commit.mutate({ params: { path: { id: dealId } }, body: draft })}
        title="Commit funds?"
        action={draft ? `Commit ${formatMoney(draft.commitmentAmount, currency)}` : 'Commit'}
        busy={commit.isPending}
        problem={commit.error}
      >
        {draft && (
          <>
            <p>
              You commit up to <b className="figures">{formatMoney(draft.commitmentAmount, currency)}</b> to buy shares
              of {deal.companyName} at one price from {formatMoney(deal.priceMin, currency)} to{' '}
              {formatMoney(deal.priceMax, currency)} each.
            </p>
            <p className="text-muted">
              No money is due now. You wire what you are allocated after the agreements are signed, and you can withdraw
              until the deal is allocated.
            </p>
          </>
        )}
      </Confirm>
    </>
  );
}
