import { useState } from 'react';
import { server } from '../api/client.ts';
import { Problem } from '../api/problem.ts';
import { Button } from '../design/button.tsx';
import { Confirm } from '../design/dialog.tsx';
import { Form, TextAreaField, TextField } from '../design/fields.tsx';
import { Money } from '../design/figures.tsx';
import { useToast } from '../design/toasts.tsx';
import { formatCount } from '../money/format.ts';
import { AwardConsequences } from './award-split.tsx';
import { type Chosen, choiceTotals, offeredPrice, readChoice } from './choice.ts';
import { useRefreshRfq } from './refresh-rfq.ts';
import type { Evaluation, Rfq } from './rfq.ts';
import { SplitTable } from './scenario-view.tsx';

/** The buyer's own quantities in place of the best split, with the reason that is kept with the award. */
export function OwnChoice({
  rfq,
  evaluation,
  nameOf,
}: {
  rfq: Rfq;
  evaluation: Evaluation;
  nameOf(supplierId: string): string;
}) {
  const [chosen, setChosen] = useState<{ items: Chosen[]; justification: string }>();
  const [problem, setProblem] = useState<Problem>();
  const refresh = useRefreshRfq();
  const toast = useToast();
  const award = server.useMutation('post', '/api/rfqs/{id}/award', {
    onSuccess: async () => {
      await refresh();
      toast('The request is awarded.');
    },
  });
  const { currency, lines } = evaluation;
  const submit = (data: FormData) => {
    const { items, errors } = readChoice(data, evaluation);
    setProblem(errors.length > 0 ? new Problem({ detail: 'The quantities do not fit yet.', errors }) : undefined);
    if (errors.length === 0) setChosen({ items, justification: String(data.get('justification')).trim() });
  };
  const totals = chosen && choiceTotals(chosen.items, currency);
  return (
    <Form problem={problem} onSubmit={submit}>
      <p className="max-w-prose text-muted">
        Enter what you take of each offer. Alternates can only be chosen here. Your reason is kept with the award.
      </p>
      {lines.map((line) => (
        <fieldset key={line.lineId} className="grid gap-3">
          <legend className="mb-1 font-semibold">
            {line.title}, {formatCount(line.quantityKg)} kg
          </legend>
          <div className="grid gap-4 sm:grid-cols-2">
            {[...line.offers, ...line.alternates].map((offer) => (
              <TextField
                key={`${offer.responseId} ${offer.offerId}`}
                name={`${offer.responseId}.${offer.offerId}`}
                label={`${offer.supplierName ?? 'Supplier'}, kg${line.alternates.includes(offer) ? ' (alternate)' : ''}`}
                hint={
                  <>
                    <Money amount={offeredPrice(offer)} currency={currency} /> a tonne {offer.incoterm},{' '}
                    {formatCount(offer.minKg)} to {formatCount(offer.quantityKg)} kg
                  </>
                }
                inputMode="numeric"
                autoComplete="off"
              />
            ))}
          </div>
        </fieldset>
      ))}
      <TextAreaField name="justification" label="Why these offers" required maxLength={10_000} rows={3} />
      <div>
        <Button type="submit" variant="primary">
          Look at it before you award
        </Button>
      </div>
      {chosen && totals && (
        <Confirm
          open
          onClose={() => setChosen(undefined)}
          onConfirm={() =>
            award.mutate({
              params: { path: { id: rfq.rfqId } },
              body: {
                mode: 'by_share',
                items: chosen.items.map(({ responseId, offerId, quantityKg }) => ({ responseId, offerId, quantityKg })),
                justification: chosen.justification,
              },
            })
          }
          title="Award your own choice"
          action="Award it"
          busy={award.isPending}
          problem={award.error}
        >
          <SplitTable
            items={totals.items}
            currency={currency}
            titleOf={(lineId) => lines.find((line) => line.lineId === lineId)?.title ?? lineId}
            nameOf={nameOf}
            total={totals.total}
          />
          <AwardConsequences rfq={rfq} />
        </Confirm>
      )}
    </Form>
  );
}
