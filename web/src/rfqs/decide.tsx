import { useState } from 'react';
import { server } from '../api/client.ts';
import { Problem } from '../api/problem.ts';
import { Button } from '../design/button.tsx';
import { Form, SelectField, TextField } from '../design/fields.tsx';
import { Money } from '../design/figures.tsx';
import { Section } from '../design/page.tsx';
import { AwardSplit } from './award-split.tsx';
import { OwnChoice } from './own-choice.tsx';
import type { Evaluation, Rfq } from './rfq.ts';
import { modes, readScenario, type Scenario, type ScenarioBody, scenarioWords } from './scenario.ts';
import { ScenarioView } from './scenario-view.tsx';

export interface Tried {
  body: ScenarioBody;
  scenario: Scenario;
}

/** Working out splits under constraints, comparing them, and awarding one; or the buyer's own choice with its reason. */
export function Decide({ rfq }: { rfq: Rfq }) {
  const evaluation = server.useQuery('get', '/api/rfqs/{id}/evaluation', { params: { path: { id: rfq.rfqId } } });
  const [tried, setTried] = useState<readonly Tried[]>([]);
  const [chosen, setChosen] = useState(0);
  const [isOwn, setOwn] = useState(false);
  if (!evaluation.data) return null;
  const suppliers = suppliersOf(evaluation.data);
  const nameOf = (supplierId: string) => suppliers.get(supplierId) ?? 'a supplier';
  const shown = tried[chosen];
  return (
    <Section
      title="Award"
      actions={
        <Button size="sm" onClick={() => setOwn(!isOwn)}>
          {isOwn ? 'Work out the best split' : 'Choose quantities yourself'}
        </Button>
      }
    >
      {isOwn ? (
        <OwnChoice rfq={rfq} evaluation={evaluation.data} nameOf={nameOf} />
      ) : (
        <div className="grid gap-6">
          <ScenarioForm
            rfqId={rfq.rfqId}
            suppliers={suppliers}
            onWorkedOut={(each) => {
              setChosen(tried.length);
              setTried([...tried, each]);
            }}
          />
          {tried.length > 1 && <TriedScenarios tried={tried} chosen={chosen} onChoose={setChosen} />}
          {shown && (
            <>
              <ScenarioView scenario={shown.scenario} evaluation={evaluation.data} nameOf={nameOf} />
              <AwardSplit key={chosen} rfq={rfq} tried={shown} nameOf={nameOf} />
            </>
          )}
        </div>
      )}
    </Section>
  );
}

/** Those with an offer that can be awarded, by name. */
function suppliersOf({ lines }: Evaluation): ReadonlyMap<string, string> {
  const offers = lines.flatMap((line) => line.offers);
  return new Map(offers.map(({ supplierId, supplierName }) => [supplierId, supplierName ?? 'Supplier']));
}

function ScenarioForm({
  rfqId,
  suppliers,
  onWorkedOut,
}: {
  rfqId: string;
  suppliers: ReadonlyMap<string, string>;
  onWorkedOut(tried: Tried): void;
}) {
  const [problem, setProblem] = useState<Problem>();
  const work = server.useMutation('post', '/api/rfqs/{id}/scenarios');
  const submit = (data: FormData) => {
    const { body, errors } = readScenario(data, [...suppliers.keys()]);
    setProblem(errors.length > 0 ? new Problem({ detail: 'Some limits cannot be read.', errors }) : undefined);
    if (errors.length > 0) return;
    work.mutate(
      { params: { path: { id: rfqId } }, body },
      { onSuccess: (scenario) => onWorkedOut({ body, scenario }) },
    );
  };
  const number = { inputMode: 'numeric', autoComplete: 'off' } as const;
  return (
    <Form problem={problem ?? work.error} onSubmit={submit}>
      <p className="max-w-prose text-muted">
        The split with the lowest compared cost under your limits is worked out and proven. Nothing is decided and
        nobody is told until you award.
      </p>
      <div className="grid gap-4 sm:grid-cols-2">
        <SelectField name="mode" label="How lines are given" choices={modes} />
        <TextField
          {...number}
          name="lotKg"
          label="Shared lines in multiples of, kg"
          hint="Such as 20000, a container. Empty: any quantity."
        />
        <TextField {...number} name="constraints.suppliersMin" label="At least so many suppliers" />
        <TextField {...number} name="constraints.suppliersMax" label="At most so many suppliers" />
        <TextField
          name="constraints.shareMinPpm"
          label="Smallest share of a supplier, %"
          hint="Of all that is awarded."
          inputMode="decimal"
          autoComplete="off"
        />
        <TextField
          name="constraints.shareMaxPpm"
          label="Largest share of a supplier, %"
          inputMode="decimal"
          autoComplete="off"
        />
      </div>
      {suppliers.size > 1 && (
        <details>
          <summary className="min-h-6 font-medium">Limit single suppliers</summary>
          <div className="mt-3 grid gap-4 sm:grid-cols-2">
            {[...suppliers].map(([supplierId, name]) => (
              <TextField
                key={supplierId}
                {...number}
                name={`constraints.supplierMaxKg.${supplierId}`}
                label={`At most from ${name}, kg`}
              />
            ))}
          </div>
        </details>
      )}
      <div>
        <Button type="submit" variant="primary" busy={work.isPending}>
          Work out the split
        </Button>
      </div>
    </Form>
  );
}

function TriedScenarios({
  tried,
  chosen,
  onChoose,
}: {
  tried: readonly Tried[];
  chosen: number;
  onChoose(index: number): void;
}) {
  return (
    <fieldset>
      <legend className="mb-2 font-semibold">Splits you worked out</legend>
      <ul className="divide-y divide-line rounded-md border border-line">
        {tried.map(({ scenario }, index) => (
          <li key={index}>
            <label className="flex min-h-10 flex-wrap items-center gap-x-4 gap-y-1 px-3 py-2 hover:bg-sunken">
              <input
                type="radio"
                name="tried"
                checked={index === chosen}
                onChange={() => onChoose(index)}
                className="size-4 accent-(--accent)"
              />
              <span className="flex-1">
                {index + 1}. {scenarioWords(scenario)}
                <span className="block text-xs text-muted">
                  {scenario.supplierIds.length === 1 ? 'One supplier' : `${scenario.supplierIds.length} suppliers`}
                </span>
              </span>
              <span className="text-right text-sm">
                <strong className="font-semibold">
                  <Money amount={scenario.amount} currency={scenario.currency} />
                </strong>
                <span className="block text-xs text-muted">
                  compared at <Money amount={scenario.comparisonCost} currency={scenario.currency} />
                </span>
              </span>
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}
