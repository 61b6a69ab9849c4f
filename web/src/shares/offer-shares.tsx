import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { server } from '../api/client.ts';
import { isAboutFields } from '../api/problem.ts';
import type { Answer, Body } from '../api/shapes.ts';
import { Button, ButtonLink } from '../design/button.tsx';
import { Confirm } from '../design/dialog.tsx';
import { CheckField, Form, SelectField, TextField } from '../design/fields.tsx';
import { Section } from '../design/page.tsx';
import { Empty, QueryView } from '../design/query-view.tsx';
import { useToast } from '../design/toasts.tsx';
import { timesCount } from '../money/amount.ts';
import { formatCount, formatMoney } from '../money/format.ts';
import { enteredMoney, MoneyField } from '../money/money-field.tsx';
import type { Deal } from './deal-page.tsx';
import { kindLabel } from './holding-words.ts';
import { hasEnded } from './standing-words.ts';

type Holding = Answer<'/api/holdings/my'>[number];
type Offer = Body<'/api/deals/{id}/participate'>;

/** How a seller joins a deal: which holding, how many shares, at least for how much. */
export function OfferShares({ deal }: { deal: Deal }) {
  const holdings = server.useQuery('get', '/api/holdings/my');
  const offers = server.useQuery('get', '/api/participations/my');
  const taken = new Set(
    offers.data?.filter((each) => each.dealId === deal.dealId && !hasEnded(each.status)).map((each) => each.holdingId),
  );
  return (
    <Section title="Offer your shares">
      <QueryView query={holdings}>
        {(all) => {
          const ofCompany = all.filter(
            ({ companyId, status }) => companyId === deal.companyId && status !== 'rejected',
          );
          const free = ofCompany.filter((each) => each.availableQuantity > 0 && !taken.has(each.holdingId));
          if (free.length > 0) return <OfferForm deal={deal} holdings={free} />;
          if (ofCompany.length > 0)
            return <p className="text-muted">All your shares of {deal.companyName} are offered.</p>;
          return (
            <Empty
              title={`Add your shares of ${deal.companyName} first`}
              action={
                <ButtonLink to="/onboarding/holdings" variant="primary">
                  Add a holding
                </ButtonLink>
              }
            >
              Say how many you hold and upload a proof. You can offer them while the proof is being reviewed.
            </Empty>
          );
        }}
      </QueryView>
    </Section>
  );
}

function OfferForm({ deal, holdings }: { deal: Deal; holdings: readonly Holding[] }) {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const toast = useToast();
  const { currency, dealId } = deal;
  const [holdingId, setHoldingId] = useState(holdings[0]?.holdingId ?? '');
  const [draft, setDraft] = useState<Offer>();
  const holding = holdings.find((each) => each.holdingId === holdingId) ?? holdings[0];
  const offer = server.useMutation('post', '/api/deals/{id}/participate', {
    onSuccess: async () => {
      toast('Your shares are offered. They are set aside until the deal is over or you withdraw.');
      await queries.invalidateQueries();
      await navigate({ to: '/deals/$dealId/status', params: { dealId } });
    },
    // What is wrong with a field is said at the field.
    onError: (error) => isAboutFields(error) && setDraft(undefined),
  });
  if (!holding) return null;
  const submit = (data: FormData) => {
    const minimumPrice = enteredMoney(data, 'minimumPrice', currency);
    setDraft({
      holdingId: holding.holdingId,
      sharesToSell: Number(data.get('sharesToSell')),
      ...(minimumPrice ? { minimumPrice } : {}),
      acceptTerms: true,
    });
  };
  const range = `${formatMoney(deal.priceMin, currency)} to ${formatMoney(deal.priceMax, currency)}`;
  const floor = draft?.minimumPrice ?? deal.priceMin;
  return (
    <>
      <Form problem={draft ? undefined : offer.error} onSubmit={submit} className="max-w-xl">
        <SelectField
          name="holdingId"
          label="Holding"
          value={holding.holdingId}
          onChange={(event) => setHoldingId(event.currentTarget.value)}
          choices={holdings.map((each) => ({
            value: each.holdingId,
            label: `${kindLabel(each.shareType)}, ${formatCount(each.availableQuantity)} free${each.status === 'verified' ? '' : ', being verified'}`,
          }))}
        />
        <TextField
          name="sharesToSell"
          label="Shares to sell"
          type="number"
          inputMode="numeric"
          min={1}
          max={holding.availableQuantity}
          step={1}
          required
          hint={`You have ${formatCount(holding.availableQuantity)} free.`}
        />
        <MoneyField
          name="minimumPrice"
          label="Lowest price per share (optional)"
          currency={currency}
          max={deal.priceMax}
          hint={`The deal clears at one price from ${range}. Leave it empty to sell at any of them.`}
        />
        <CheckField
          name="acceptTerms"
          required
          label={`I have read the risks above and accept the terms of ${deal.termsVersion}.`}
        />
        <div>
          <Button type="submit" variant="primary">
            Offer these shares
          </Button>
        </div>
      </Form>
      <Confirm
        open={draft !== undefined}
        onClose={() => setDraft(undefined)}
        onConfirm={() => draft && offer.mutate({ params: { path: { id: dealId } }, body: draft })}
        title="Offer your shares?"
        action="Offer them"
        busy={offer.isPending}
        problem={offer.error}
      >
        {draft && (
          <>
            <p>
              You offer <b className="figures">{formatCount(draft.sharesToSell)}</b> {kindLabel(holding.shareType)}{' '}
              shares of {deal.companyName} at no less than <b className="figures">{formatMoney(floor, currency)}</b>{' '}
              each: at least{' '}
              <b className="figures">{formatMoney(timesCount(floor, draft.sharesToSell, currency), currency)}</b> if all
              are taken.
            </p>
            <p className="text-muted">
              They are set aside at once. You can withdraw the offer until the deal is allocated.
            </p>
          </>
        )}
      </Confirm>
    </>
  );
}
