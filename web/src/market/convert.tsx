import { useEffect, useState } from 'react';
import { server } from '../api/client.ts';
import { Problem } from '../api/problem.ts';
import type { Answer } from '../api/shapes.ts';
import { Button } from '../design/button.tsx';
import { Form, SelectField, TextField } from '../design/fields.tsx';
import { Count, Instant, Money } from '../design/figures.tsx';
import { Notice } from '../design/notice.tsx';
import { Section } from '../design/page.tsx';
import { Empty, QueryView } from '../design/query-view.tsx';
import { BasisBadge, KindBadge } from './badges.tsx';
import { gradeWords, type Instrument, incotermWords, per, productWords, taxWords, unitWords } from './basis.ts';
import { conversionQuery, type NamedCharge, neededCharges } from './conversion-query.ts';
import { chargeWords, flagWords, stepWords } from './flag-words.ts';
import { instrumentChoices, useInstruments } from './instruments.ts';
import { MarketPage } from './market-page.tsx';
import { type MarketSearch, useMarketSearch } from './market-search.ts';
import { signedCount } from './price.ts';
import { NotRestated } from './refusals.tsx';
import { TableFrame } from './table-frame.tsx';

type Converted = Answer<'/api/market/convert'>;

const same = { value: '', label: 'the same' };
const choicesOf = (words: Record<string, string>, withCode = false) => [
  same,
  ...Object.entries(words).map(([value, label]) => ({ value, label: withCode ? `${value} – ${label}` : label })),
];

/** A price in another basis: each step by what, on whose word and of which day. */
export function Convert() {
  const instruments = useInstruments();
  return (
    <MarketPage
      title="Convert a price"
      summary="A price in another currency, unit, tax basis, Incoterm or product. Every step is shown with its factor, its source and its day; nothing is assumed that you did not state."
    >
      <QueryView query={instruments}>{(list) => <Converter instruments={list} />}</QueryView>
    </MarketPage>
  );
}

function Converter({ instruments }: { instruments: readonly Instrument[] }) {
  const { search, set } = useMarketSearch();
  const query = conversionQuery(search);
  const converted = server.useQuery(
    'get',
    '/api/market/convert',
    { params: { query: query ?? {} } },
    { enabled: query !== undefined },
  );
  const error: unknown = converted.error;
  const from = instruments.find(({ instrumentId }) => instrumentId === search.instrumentId);
  return (
    <div className="grid items-start gap-6 xl:grid-cols-[minmax(22rem,2fr)_3fr]">
      <Section title="From and to">
        <ConvertForm
          key={search.instrumentId}
          instruments={instruments}
          from={from}
          search={search}
          problem={error}
          busy={converted.isFetching}
          onChange={set}
        />
      </Section>
      {query === undefined ? (
        <Empty title="Choose an instrument">
          Its newest figure is converted, or a price that you state in its basis.
        </Empty>
      ) : error ? (
        <NotRestated error={error} onUseOldRate={() => set({ stale: 'yes' })} />
      ) : (
        <QueryView query={converted}>{(answer) => <Steps converted={answer} />}</QueryView>
      )}
    </div>
  );
}

function ConvertForm({
  instruments,
  from,
  search,
  problem,
  busy,
  onChange,
}: {
  instruments: readonly Instrument[];
  from: Instrument | undefined;
  search: MarketSearch;
  problem: unknown;
  busy: boolean;
  onChange(change: MarketSearch): void;
}) {
  const [toIncoterm, setToIncoterm] = useState(search.toIncoterm ?? '');
  const charges = from ? neededCharges(from.incoterm, toIncoterm) : [];
  const [needsMoisture, setNeedsMoisture] = useState(false);
  const code = problem instanceof Problem ? problem.code : undefined;
  useEffect(() => {
    if (code === 'MARKET_MOISTURE_REQUIRED') setNeedsMoisture(true);
  }, [code]);
  const asksMoisture = needsMoisture || search.moisture !== undefined;
  return (
    <Form
      problem={undefined}
      onSubmit={(data) =>
        onChange({
          ...clearedCharges,
          ...Object.fromEntries([...data.entries()].map(([name, value]) => [name, String(value).trim()])),
        })
      }
    >
      <SelectField
        name="instrumentId"
        label="Price of"
        choices={[{ value: '', label: 'Choose an instrument' }, ...instrumentChoices(instruments)]}
        defaultValue={search.instrumentId ?? ''}
        onChange={(event) => onChange({ ...clearedCharges, instrumentId: event.currentTarget.value })}
        hint={from && <BasisBadge basis={from} withProduct={false} />}
      />
      {from && (
        <>
          <div className="grid items-start gap-4 sm:grid-cols-2">
            <TextField
              name="price"
              label={`Price, ${per(from)}`}
              inputMode="decimal"
              defaultValue={search.price}
              hint="Empty: the newest figure of the instrument."
              pattern="\d{1,9}(\.\d{1,6})?"
            />
            <TextField
              name="on"
              label="Of the day"
              type="date"
              defaultValue={search.on}
              hint="Rates are of this day."
            />
          </div>
          <fieldset className="grid items-start gap-4 sm:grid-cols-2">
            <legend className="mb-2 font-semibold">To</legend>
            <TextField
              name="toCurrency"
              label="Currency"
              placeholder={`${from.currency} (the same)`}
              defaultValue={search.toCurrency}
              pattern="[A-Z]{3}"
              maxLength={3}
              title="Three capitals, such as USD"
            />
            <SelectField name="toUnit" label="Unit" choices={choicesOf(unitWords)} defaultValue={search.toUnit ?? ''} />
            <SelectField
              name="toTaxBasis"
              label="Tax"
              choices={choicesOf(taxWords)}
              defaultValue={search.toTaxBasis ?? ''}
            />
            <SelectField
              name="toIncoterm"
              label="Incoterm"
              choices={choicesOf(incotermWords, true)}
              value={toIncoterm}
              onChange={(event) => setToIncoterm(event.currentTarget.value)}
            />
            <SelectField
              name="toProduct"
              label="Product"
              hint="By lithium content only."
              choices={choicesOf(productWords)}
              defaultValue={search.toProduct ?? ''}
            />
            <SelectField
              name="toGrade"
              label="Grade"
              choices={choicesOf(gradeWords)}
              defaultValue={search.toGrade ?? ''}
            />
          </fieldset>
          {(charges.length > 0 || asksMoisture) && (
            <fieldset className="grid items-start gap-4 sm:grid-cols-2">
              <legend className="mb-1 font-semibold">What you state</legend>
              <p className="text-sm text-muted sm:col-span-2">
                {from.incoterm} and {toIncoterm || from.incoterm} differ by what stands here; each amount in the
                target’s currency per its unit, without tax.
              </p>
              {charges.map(({ charge, added }) => (
                <TextField
                  key={charge}
                  name={charge}
                  label={`${capital(chargeWords(charge))}, ${added ? 'added' : 'taken off'}`}
                  inputMode="decimal"
                  pattern="\d{1,9}(\.\d{1,6})?"
                  required
                  defaultValue={search[charge]}
                />
              ))}
              {asksMoisture && (
                <TextField
                  name="moisture"
                  label="Moisture, a share"
                  hint="0.08 is 8 % of water in a wet tonne."
                  inputMode="decimal"
                  pattern="0(\.\d{1,9})?"
                  required
                  defaultValue={search.moisture}
                />
              )}
              <TextField name="statedOn" label="Of which day" type="date" required defaultValue={search.statedOn} />
              <TextField
                name="statedBy"
                label="On whose word"
                required
                maxLength={200}
                defaultValue={search.statedBy}
              />
            </fieldset>
          )}
          <div>
            <Button type="submit" variant="primary" busy={busy}>
              Convert
            </Button>
          </div>
        </>
      )}
    </Form>
  );
}

/** Charges of another pair of Incoterms are not carried over. */
const clearedCharges: MarketSearch = Object.fromEntries(
  [...neededCharges('EXW', 'DDP'), ...neededCharges('DAP', 'DPU')].map(({ charge }: NamedCharge) => [
    charge,
    undefined,
  ]),
);

function Steps({ converted }: { converted: Converted }) {
  const { figure, from, to, steps, flags } = converted;
  return (
    <div className="grid gap-4">
      <Section title="The converted price">
        <div className="grid gap-4">
          <p className="text-2xl font-semibold">
            <Money amount={converted.mid.decimal} currency={to.currency} />
            <span className="text-base font-normal text-muted"> per {unitWords[to.unit]}</span>
          </p>
          <BasisBadge basis={to} />
          {figure && (
            <p className="figures text-sm text-muted">
              Low <Money amount={converted.low.decimal} currency={to.currency} /> · high{' '}
              <Money amount={converted.high.decimal} currency={to.currency} />
            </p>
          )}
          {flags.map((flag) => (
            <Notice key={flag} tone="amber" title={flagWords(flag)} />
          ))}
        </div>
      </Section>
      <Section title="Step by step" plain>
        <TableFrame
          label="Steps"
          heads={[
            { text: 'Step' },
            { text: 'By', align: 'right' },
            { text: 'Price after it', align: 'right' },
            { text: 'Of' },
            { text: 'Source' },
          ]}
        >
          <tr className="border-t border-line align-top">
            <th scope="row" className="px-3 py-2 text-left font-normal">
              <span className="flex flex-wrap items-center gap-2">
                {figure ? 'The newest figure' : 'The price you stated'}
                {figure && <KindBadge kind={figure.kind} />}
              </span>
              <BasisBadge basis={from} withProduct={false} />
            </th>
            <td className="px-3 py-2 text-right text-muted">–</td>
            <td className="px-3 py-2 text-right">
              {figure ? <Money amount={figure.mid} currency={from.currency} /> : <span className="text-muted">–</span>}
            </td>
            <td className="px-3 py-2">
              <Instant at={converted.on} dateOnly />
            </td>
            <td className="px-3 py-2 text-muted">{figure ? `${figure.source}, ${figure.edition}` : 'you'}</td>
          </tr>
          {steps.map((step) => (
            <tr key={step.name} className="border-t border-line align-top">
              <th scope="row" className="px-3 py-2 text-left font-normal">
                {stepWords(step.name)}
              </th>
              <td className="figures px-3 py-2 text-right whitespace-nowrap" title={`exactly ${step.by.exact}`}>
                {step.kind === 'multiply' ? `× ${step.by.decimal}` : signedCount(step.by.decimal)}
              </td>
              <td className="px-3 py-2 text-right" title={`exactly ${step.price.exact}`}>
                <Count value={step.price.decimal} />
              </td>
              <td className="px-3 py-2">
                {step.date ? <Instant at={step.date} dateOnly /> : <span className="text-muted">always</span>}
              </td>
              <td className="px-3 py-2 text-muted">{step.source}</td>
            </tr>
          ))}
        </TableFrame>
        {steps.length === 0 && <p className="text-sm text-muted">Nothing differs: the price is as it was.</p>}
        <p className="text-xs text-muted">
          Calculated exactly and rounded once, for reading; point at a figure for its exact fraction.
        </p>
      </Section>
    </div>
  );
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
