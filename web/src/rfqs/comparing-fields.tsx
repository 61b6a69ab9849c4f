import { CheckField, SelectField, TextField } from '../design/fields.tsx';
import { MoneyField } from '../money/money-field.tsx';
import { countries } from '../places/countries.ts';
import { adjustmentsName } from './draft-terms.ts';
import type { Line, Terms } from './rfq.ts';
import { freeId, RemoveRow, Rows } from './rows.tsx';
import { percentOf } from './share.ts';
import { ppbPercent } from './terms-words.ts';

type CostModel = Partial<NonNullable<Terms['costModel']>>;
type Criterion = NonNullable<Terms['criteria']>[number];
type Adjustment = NonNullable<Line['adjustments']>[number];

const origins = [{ value: '*', label: 'Any other origin' }, ...countries];

/** What is added to prices, and what quality is worth, before offers are compared. */
export function ComparingFields({ terms, currency }: { terms: Partial<Terms>; currency: string }) {
  const costModel: CostModel = terms.costModel ?? {};
  return (
    <div className="grid gap-6">
      <Costs costModel={costModel} currency={currency} />
      <Grades lines={terms.lines ?? []} costModel={costModel} currency={currency} />
      <Criteria criteria={terms.criteria ?? []} />
      <OtherCosts otherCosts={terms.otherCosts ?? []} />
    </div>
  );
}

function Costs({ costModel, currency }: { costModel: CostModel; currency: string }) {
  const { freight = [], duty = [], insurancePpm = 0, financePpmPerYear = 0 } = costModel;
  return (
    <fieldset className="grid gap-4">
      <legend className="mb-2 font-semibold">Costs you pay on top of a price</legend>
      <p className="max-w-prose text-sm text-muted">
        Each is added only where the Incoterm of an offer leaves it to you. What you leave empty counts nothing.
      </p>
      <Rows initial={freight} made={() => ({ origin: '*', perTonne: '' })} add="Add freight from an origin" max={60}>
        {({ origin, perTonne }, index, remove) => (
          <div className="grid items-start gap-3 sm:grid-cols-[1fr_1fr_auto]">
            <SelectField
              name={`terms.costModel.freight.${index}.origin`}
              label="Freight from"
              choices={origins}
              defaultValue={origin}
            />
            <MoneyField
              name={`terms.costModel.freight.${index}.perTonne`}
              label="Per tonne"
              currency={currency}
              defaultValue={String(perTonne)}
            />
            <div className="sm:pt-6">
              <RemoveRow what={`freight ${index + 1}`} onRemove={remove} />
            </div>
          </div>
        )}
      </Rows>
      <Rows initial={duty} made={() => ({ origin: '*', ratePpm: 0 })} add="Add duty on an origin" max={60}>
        {({ origin, ratePpm }, index, remove) => (
          <div className="grid items-start gap-3 sm:grid-cols-[1fr_1fr_auto]">
            <SelectField
              name={`terms.costModel.duty.${index}.origin`}
              label="Duty on goods from"
              choices={origins}
              defaultValue={origin}
            />
            <TextField
              name={`terms.costModel.duty.${index}.ratePpm`}
              label="% of price, freight and insurance"
              inputMode="decimal"
              defaultValue={ratePpm === 0 ? '' : percentOf(ratePpm)}
            />
            <div className="sm:pt-6">
              <RemoveRow what={`duty ${index + 1}`} onRemove={remove} />
            </div>
          </div>
        )}
      </Rows>
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          name="terms.costModel.insurancePpm"
          label="Insurance, % of price and freight"
          inputMode="decimal"
          defaultValue={insurancePpm === 0 ? '' : percentOf(insurancePpm)}
        />
        <TextField
          name="terms.costModel.financePpmPerYear"
          label="Interest on money in escrow, % a year"
          hint="For the days from funding to delivery; 360 days a year."
          inputMode="decimal"
          defaultValue={financePpmPerYear === 0 ? '' : percentOf(financePpmPerYear)}
        />
      </div>
    </fieldset>
  );
}

function Grades({ lines, costModel, currency }: { lines: readonly Line[]; costModel: CostModel; currency: string }) {
  return (
    <fieldset className="grid gap-4">
      <legend className="mb-2 font-semibold">What a better or poorer assay is worth</legend>
      <p className="max-w-prose text-sm text-muted">
        The price of a tonne changes by an amount for each whole step of the assay above or below a reference. The
        contract adjusts what you pay by the same rule.
      </p>
      <CheckField
        name="terms.costModel.normalise"
        label="Compare all offers at the reference: a price is for the assay that its supplier promises."
        defaultChecked={costModel.normalise ?? true}
      />
      {lines.map((line) => (
        <fieldset key={line.lineId} className="grid gap-3 rounded-md border border-line p-4">
          <legend className="px-1 text-sm font-semibold">{line.title}</legend>
          <Rows<Adjustment | undefined>
            initial={line.adjustments ?? []}
            made={() => undefined}
            add="Add an adjustment"
            max={20}
          >
            {(adjustment, row, remove) => (
              <AdjustmentFields
                name={`${adjustmentsName(line.lineId)}.${row}`}
                adjustment={adjustment}
                currency={currency}
                remove={remove}
              />
            )}
          </Rows>
        </fieldset>
      ))}
    </fieldset>
  );
}

function AdjustmentFields({
  name,
  adjustment,
  currency,
  remove,
}: {
  name: string;
  adjustment: Adjustment | undefined;
  currency: string;
  remove(): void;
}) {
  const perStep = String(adjustment?.perStep ?? '');
  return (
    <div className="grid grid-cols-2 items-start gap-3 lg:grid-cols-[1fr_1fr_1fr_1.2fr_1.4fr_auto]">
      <TextField
        name={`${name}.analyte`}
        label="Measured"
        placeholder="Li2CO3"
        maxLength={20}
        defaultValue={adjustment?.analyte ?? ''}
      />
      <TextField
        name={`${name}.referencePpb`}
        label="Reference, %"
        inputMode="decimal"
        placeholder="99.5"
        defaultValue={adjustment ? ppbPercent(adjustment.referencePpb) : ''}
      />
      <TextField
        name={`${name}.stepPpb`}
        label="Step, %"
        inputMode="decimal"
        placeholder="0.1"
        defaultValue={adjustment ? ppbPercent(adjustment.stepPpb) : ''}
      />
      <SelectField
        name={`${name}.sign`}
        label="A step above"
        choices={[
          { value: 'plus', label: 'adds' },
          { value: 'minus', label: 'takes off' },
        ]}
        defaultValue={perStep.startsWith('-') ? 'minus' : 'plus'}
      />
      <MoneyField
        name={`${name}.perStep`}
        label="Per tonne"
        currency={currency}
        defaultValue={perStep.replace(/^-/, '')}
      />
      <div className="lg:pt-6">
        <RemoveRow what="this adjustment" onRemove={remove} />
      </div>
    </div>
  );
}

function Criteria({ criteria }: { criteria: readonly Criterion[] }) {
  const taken = criteria.map(({ criterionId }) => criterionId);
  const made = (count: number): Criterion => ({
    criterionId: freeId('C', taken, count),
    title: '',
    options: [
      { value: 'O1', title: '', sharePpm: 0 },
      { value: 'O2', title: '', sharePpm: 0 },
    ],
  });
  return (
    <fieldset className="grid gap-4">
      <legend className="mb-2 font-semibold">Quality, as a share of the price</legend>
      <p className="max-w-prose text-sm text-muted">
        A supplier claims one option of each criterion. An option worth 5 % lets an offer cost about 5 % more and still
        rank the same.
      </p>
      <Rows initial={criteria} made={made} add="Add a criterion" max={20}>
        {(criterion, index, remove) => (
          <fieldset className="grid gap-3 rounded-md border border-line p-4">
            <legend className="px-1 text-sm font-semibold">Criterion {index + 1}</legend>
            <input type="hidden" name={`terms.criteria.${index}.criterionId`} value={criterion.criterionId} />
            <TextField
              name={`terms.criteria.${index}.title`}
              label="What is judged"
              placeholder="Carbon footprint, cradle to gate"
              maxLength={200}
              defaultValue={criterion.title}
            />
            <Options name={`terms.criteria.${index}`} options={criterion.options} />
            <div>
              <RemoveRow what={`criterion ${index + 1}`} onRemove={remove} />
            </div>
          </fieldset>
        )}
      </Rows>
    </fieldset>
  );
}

function Options({ name, options }: { name: string; options: Criterion['options'] }) {
  const taken = options.map(({ value }) => value);
  return (
    <Rows
      initial={options}
      made={(count) => ({ value: freeId('O', taken, count), title: '', sharePpm: 0 })}
      add="Add an option"
      max={20}
    >
      {(option, index, remove) => (
        <div className="grid items-end gap-3 sm:grid-cols-[2fr_1fr_auto]">
          <input type="hidden" name={`${name}.options.${index}.value`} value={option.value} />
          <TextField
            name={`${name}.options.${index}.title`}
            label={`Option ${index + 1}`}
            maxLength={200}
            defaultValue={option.title}
          />
          <TextField
            name={`${name}.options.${index}.sharePpm`}
            label="Worth, % of the price"
            inputMode="decimal"
            defaultValue={percentOf(option.sharePpm)}
          />
          <RemoveRow what={`option ${index + 1}`} onRemove={remove} />
        </div>
      )}
    </Rows>
  );
}

function OtherCosts({ otherCosts }: { otherCosts: NonNullable<Terms['otherCosts']> }) {
  const taken = otherCosts.map(({ costId }) => costId);
  return (
    <fieldset className="grid gap-4">
      <legend className="mb-2 font-semibold">Life-cycle costs that every supplier states</legend>
      <p className="max-w-prose text-sm text-muted">
        An amount per tonne, such as for disposal, which is added to the price when offers are compared.
      </p>
      <Rows
        initial={otherCosts}
        made={(count) => ({ costId: freeId('K', taken, count), title: '' })}
        add="Add a cost"
        max={20}
      >
        {({ costId, title }, index, remove) => (
          <div className="grid items-end gap-3 sm:grid-cols-[1fr_auto]">
            <input type="hidden" name={`terms.otherCosts.${index}.costId`} value={costId} />
            <TextField
              name={`terms.otherCosts.${index}.title`}
              label={`Cost ${index + 1}`}
              maxLength={200}
              defaultValue={title}
            />
            <RemoveRow what={`cost ${index + 1}`} onRemove={remove} />
          </div>
        )}
      </Rows>
    </fieldset>
  );
}
