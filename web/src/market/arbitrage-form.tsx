import { type ReactNode, useState } from 'react';
import type { Body } from '../api/shapes.ts';
import { Button } from '../design/button.tsx';
import { CheckField, Form, SelectField, TextField } from '../design/fields.tsx';
import type { Opportunity } from './arbitrage.tsx';
import { type Instrument, unitWords } from './basis.ts';
import { instrumentChoices } from './instruments.ts';
import { nested } from './nested.ts';
import { today } from './today.ts';

type Calculation = Body<'/api/market/arbitrage'>;
type Stated = Record<string, string | number | undefined>;

const amount = '\\d{1,9}(\\.\\d{1,6})?';
const rate = '\\d{1,2}(\\.\\d{1,9})?';
const unitChoices = Object.entries(unitWords).map(([value, label]) => ({ value, label }));
const counts = ['lagDays', 'assumptions.finance.days', 'assumptions.finance.dayCount', 'fxAgeDaysMax'];

/** Two markets and what it takes between them; every assumption has its day and its source. */
export function ArbitrageForm({
  instruments,
  route,
  problem,
  busy,
  onCalculate,
}: {
  instruments: readonly Instrument[];
  /** A route whose assumptions to begin with. */
  route: Opportunity['route'] | undefined;
  problem: unknown;
  busy: boolean;
  onCalculate(body: Calculation): void;
}) {
  const [originId, setOriginId] = useState(route?.originInstrumentId ?? '');
  const [destinationId, setDestinationId] = useState(route?.destinationInstrumentId ?? '');
  const [dutyIsRate, setDutyIsRate] = useState(!route || 'rate' in route.assumptions.duty);
  const of = (id: string) => instruments.find(({ instrumentId }) => instrumentId === id);
  const [origin, destination] = [of(originId), of(destinationId)];
  const productsDiffer = Boolean(origin && destination && origin.product !== destination.product);
  const wet = [origin?.unit, destination?.unit].filter((unit) => unit === 'wmt').length === 1;
  const choices = [{ value: '', label: 'Choose an instrument' }, ...instrumentChoices(instruments)];
  const given: Record<string, Stated | undefined> = (route?.assumptions ?? {}) as Record<string, Stated>;
  const costs = { currency: origin?.currency ?? 'USD', unit: origin?.unit ?? 't' };
  return (
    <Form
      problem={problem}
      onSubmit={(data) => {
        const uncovered = data.get('allowUncoveredLag') === 'on';
        data.delete('allowUncoveredLag');
        // The fields are named as the body is; what does not fit is said at its field.
        const body = { ...nested(data, counts), allowUncoveredLag: uncovered } as unknown as Calculation;
        onCalculate(body);
      }}
    >
      <div className="grid items-start gap-4 md:grid-cols-2">
        <SelectField
          name="originInstrumentId"
          label="Buy"
          required
          choices={choices}
          value={originId}
          onChange={(event) => setOriginId(event.currentTarget.value)}
        />
        <SelectField
          name="destinationInstrumentId"
          label="Sell"
          required
          choices={choices}
          value={destinationId}
          onChange={(event) => setDestinationId(event.currentTarget.value)}
        />
        <TextField
          name="lagDays"
          label="Days until the goods can be sold"
          type="number"
          min={0}
          required
          defaultValue={route?.lagDays ?? 30}
        />
        <CheckField
          name="allowUncoveredLag"
          defaultChecked={route?.allowUncoveredLag ?? true}
          label="Use today’s price at the destination although the goods arrive later. The result says so."
        />
      </div>
      <Cost name="freight" label="Freight" given={given.freight} fallback={costs} />
      <Cost name="insurance" label="Insurance" given={given.insurance} fallback={costs} />
      {dutyIsRate ? (
        <Share
          name="duty.rate"
          label="Duty, a rate on origin, freight and insurance"
          hint="0.037 is 3.7 %."
          pattern={rate}
          given={given.duty}
        />
      ) : (
        <Cost name="duty" label="Duty" given={given.duty} fallback={costs} />
      )}
      <div>
        <Button size="sm" onClick={() => setDutyIsRate(!dutyIsRate)}>
          {dutyIsRate ? 'State the duty as an amount' : 'State the duty as a rate'}
        </Button>
      </div>
      <Share
        name="finance.annualRate"
        label="Finance, interest a year"
        hint="0.065 is 6.5 %."
        pattern={rate}
        given={given.finance}
      >
        <TextField
          name="assumptions.finance.days"
          label="Days"
          type="number"
          min={0}
          max={730}
          required
          defaultValue={given.finance?.days ?? 45}
        />
        <SelectField
          name="assumptions.finance.dayCount"
          label="Days in a year"
          choices={[
            { value: '360', label: '360' },
            { value: '365', label: '365' },
          ]}
          defaultValue={String(given.finance?.dayCount ?? 360)}
        />
      </Share>
      {productsDiffer && (
        <>
          <Cost
            name="conversion"
            label="Making the one product of the other, per unit of the origin’s"
            given={given.conversion}
            fallback={costs}
          />
          <Share
            name="recovery.value"
            label="Recovery of the lithium, a share"
            hint="0.88 is 88 %."
            pattern="0(\.\d{1,9})?|1"
            given={given.recovery}
          />
        </>
      )}
      {wet && (
        <Share
          name="moisture.value"
          label="Moisture, a share"
          hint="0.08 is 8 % of water in a wet tonne."
          pattern="0(\.\d{1,9})?"
          given={given.moisture}
        />
      )}
      <div>
        <Button type="submit" variant="primary" busy={busy}>
          Calculate
        </Button>
      </div>
    </Form>
  );
}

const row = 'grid items-start gap-3 sm:grid-cols-2 lg:grid-cols-[repeat(3,minmax(0,1fr))_11rem_minmax(0,1.5fr)]';

interface AssumptionProps {
  name: string;
  label: string;
  given: Stated | undefined;
}

/** An amount per unit, of a day, on somebody's word. */
function Cost({ name, label, given, fallback }: AssumptionProps & { fallback: { currency: string; unit: string } }) {
  const path = `assumptions.${name}`;
  return (
    <fieldset className={row}>
      <legend className="mb-1.5 text-sm font-semibold">{label}</legend>
      <TextField
        name={`${path}.amount`}
        label="Amount"
        inputMode="decimal"
        pattern={amount}
        required
        defaultValue={given?.amount}
      />
      <TextField
        key={`currency ${fallback.currency}`}
        name={`${path}.currency`}
        label="Currency"
        pattern="[A-Z]{3}"
        required
        defaultValue={given?.currency ?? fallback.currency}
      />
      <SelectField
        key={`unit ${fallback.unit}`}
        name={`${path}.unit`}
        label="Per"
        choices={unitChoices}
        defaultValue={String(given?.unit ?? fallback.unit)}
      />
      <Said path={path} given={given} />
    </fieldset>
  );
}

/** A share or a rate, of a day, on somebody's word. */
function Share({
  name,
  label,
  hint,
  pattern,
  given,
  children,
}: AssumptionProps & { hint: string; pattern: string; children?: ReactNode }) {
  const [group = '', field = ''] = name.split('.');
  return (
    <fieldset className={row}>
      <legend className="mb-1.5 text-sm font-semibold">{label}</legend>
      <TextField
        name={`assumptions.${name}`}
        label="Rate or share"
        hint={hint}
        inputMode="decimal"
        pattern={pattern}
        required
        defaultValue={given?.[field]}
      />
      {children}
      <Said path={`assumptions.${group}`} given={given} />
    </fieldset>
  );
}

function Said({ path, given }: { path: string; given: Stated | undefined }) {
  return (
    <>
      <TextField name={`${path}.date`} label="Of" type="date" required defaultValue={given?.date ?? today()} />
      <TextField
        name={`${path}.source`}
        label="On whose word"
        required
        maxLength={200}
        defaultValue={given?.source ?? 'my own estimate'}
      />
    </>
  );
}
