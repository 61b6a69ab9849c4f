import { ppbOfPercent } from '../products/assay.ts';
import type { Grade, Incoterm, ProductType } from '../products/commodity.ts';
import { type Reader, readerOf, twiceErrors } from './form-reader.ts';
import type { Line, Terms } from './rfq.ts';
import type { FieldError } from './scenario.ts';

export type Goods = Pick<Terms, 'lines' | 'incoterm' | 'place' | 'destinationCountry'>;
type Limit = NonNullable<Line['limits']>[number];
type Adjustment = NonNullable<Line['adjustments']>[number];
type Criterion = NonNullable<Terms['criteria']>[number];

export interface Read<Value> {
  value: Value;
  errors: FieldError[];
}

const dayMs = 86_400_000;

/** `2026-12-01T12:00` of the reader's clock, as the browser's own field takes it. */
export function toLocalInput(at: string): string {
  const date = new Date(at);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** The instant of a field, or the one it was before when that is the same to the minute: seconds are not lost. */
function instantOf(text: string, before: string | undefined): string {
  if (before !== undefined && toLocalInput(before) === text) return before;
  return text === '' ? '' : new Date(text).toISOString();
}

/** The day of a field, or the instant it was before when that is the same day. */
function dayOf(text: string, before: string | undefined): string {
  return before?.slice(0, 10) === text ? before : text;
}

/** Dates to begin with: two weeks to respond, two more to decide, delivery after that. */
export function firstDates(now: number): Pick<Terms, 'deadlineAt' | 'questionsUntil' | 'decideBy'> {
  const noon = (days: number) => {
    const date = new Date(now + days * dayMs);
    date.setHours(12, 0, 0, 0);
    return date.toISOString();
  };
  return { questionsUntil: noon(10), deadlineAt: noon(14), decideBy: noon(28) };
}

/** What is asked for and where it goes. Lines keep what other parts of the form say of them. */
export function readGoods(data: FormData, before: Partial<Terms> | undefined): Read<Goods> {
  const read = readerOf(data);
  const { said } = read;
  const lines = read.rows('terms.lines').map((row): Line => {
    const lineId = said(`${row}.lineId`);
    const old = before?.lines?.find((line) => line.lineId === lineId);
    const line: Line = {
      ...(old?.adjustments ? { adjustments: old.adjustments } : {}),
      lineId,
      title: read.required(`${row}.title`, 'Give the line a name.'),
      productType: said(`${row}.productType`) as ProductType,
      grade: said(`${row}.grade`) as Grade,
      basis: said(`${row}.basis`) as 'dry' | 'wet',
      quantityKg: read.kg(`${row}.quantityKg`),
      deliverFrom: dayOf(read.required(`${row}.deliverFrom`, 'Choose a day.'), old?.deliverFrom),
      deliverTo: dayOf(read.required(`${row}.deliverTo`, 'Choose a day.'), old?.deliverTo),
      limits: readLimits(read, row),
      ...optional('packaging', said(`${row}.packaging`)),
      ...optional('lot', said(`${row}.lot`)),
    };
    if (line.deliverFrom > line.deliverTo)
      read.refuse(`${row}.deliverTo`, 'The last day must not be before the first.');
    return line;
  });
  if (lines.length === 0) read.refuse('terms.lines', 'Ask for at least one line.');
  const value: Goods = {
    lines,
    incoterm: said('terms.incoterm') as Incoterm,
    place: read.required('terms.place', 'Name the port or town.'),
    destinationCountry: read.required('terms.destinationCountry', 'Choose a country.'),
  };
  return { value, errors: read.errors };
}

function readLimits(read: Reader, line: string): Limit[] {
  return read.rows(`${line}.limits`).flatMap((row): Limit[] => {
    const [analyte, min, max] = ['analyte', 'min', 'max'].map((name) => read.said(`${row}.${name}`)) as [
      string,
      string,
      string,
    ];
    if (analyte === '' && min === '' && max === '') return [];
    if (analyte === '') read.refuse(`${row}.analyte`, 'Name what is measured.');
    if (min === '' && max === '') read.refuse(`${row}.min`, 'Enter a least or a most.');
    for (const name of ['min', 'max'] as const) {
      if (!/^(\d{1,10}(\.\d{1,9})?)?$/.test(read.said(`${row}.${name}`))) {
        read.refuse(`${row}.${name}`, 'Use digits, such as 99.5.');
      }
    }
    const unit = read.said(`${row}.unit`) as Limit['unit'];
    return [{ analyte, unit, ...optional('min', min), ...optional('max', max) }];
  });
}

export type Rules = Omit<Terms, keyof Goods | 'criteria' | 'otherCosts' | 'costModel'>;

/** Dates and conditions. */
export function readRules(data: FormData, before: Partial<Terms> | undefined, now: number): Read<Rules> {
  const read = readerOf(data);
  const { said } = read;
  const instant = (name: 'questionsUntil' | 'deadlineAt' | 'decideBy') =>
    instantOf(read.required(`terms.${name}`, 'Choose a day and time.'), before?.[name]);
  const own = before?.incoterm;
  const value: Rules = {
    questionsUntil: instant('questionsUntil'),
    deadlineAt: instant('deadlineAt'),
    decideBy: instant('decideBy'),
    acceptedIncoterms: data.getAll('terms.acceptedIncoterms').map((each) => String(each) as Incoterm),
    standstillHours: read.whole('terms.standstillHours', 0, 720),
    quantityTolerancePpm: read.percent('terms.quantityTolerancePpm', 20),
    inspectionDays: read.whole('terms.inspectionDays', 0, 90),
    requiredCertificates: certificatesOf(data, said('otherCertificates')),
    notes: said('terms.notes'),
  };
  value.acceptedIncoterms = value.acceptedIncoterms?.filter((each) => each !== own) ?? [];
  const { questionsUntil, deadlineAt, decideBy } = value;
  if (deadlineAt && Date.parse(deadlineAt) <= now) read.refuse('terms.deadlineAt', 'Choose a time in the future.');
  if (questionsUntil > deadlineAt) read.refuse('terms.questionsUntil', 'Questions end by the deadline at the latest.');
  if (decideBy <= deadlineAt) read.refuse('terms.decideBy', 'The decision comes after the deadline.');
  return { value, errors: read.errors };
}

function certificatesOf(data: FormData, others: string): string[] {
  const ticked = data.getAll('terms.requiredCertificates').map(String);
  const written = others.split(',').map((each) => each.trim());
  return [...new Set([...ticked, ...written])].filter((each) => each !== '');
}

export type Comparing = Pick<Terms, 'lines' | 'criteria' | 'otherCosts' | 'costModel'>;

/** How offers will be compared; the lines get their price adjustments. */
export function readComparing(data: FormData, lines: readonly Line[], currency: string): Read<Comparing> {
  const read = readerOf(data);
  const value: Comparing = {
    lines: lines.map((line) => ({
      ...line,
      adjustments: readAdjustments(read, adjustmentsName(line.lineId), currency),
    })),
    criteria: read.rows('terms.criteria').flatMap((row) => readCriterion(read, row)),
    otherCosts: read.rows('terms.otherCosts').flatMap((row) => {
      const title = read.said(`${row}.title`);
      return title === '' ? [] : [{ costId: read.said(`${row}.costId`), title }];
    }),
    costModel: {
      freight: read.rows('terms.costModel.freight').flatMap((row) => {
        const perTonne = read.money(`${row}.perTonne`, currency);
        return perTonne === undefined ? [] : [{ origin: read.said(`${row}.origin`), perTonne }];
      }),
      insurancePpm: read.percent('terms.costModel.insurancePpm', 100),
      duty: read.rows('terms.costModel.duty').flatMap((row) => {
        const isEmpty = read.said(`${row}.ratePpm`) === '';
        return isEmpty ? [] : [{ origin: read.said(`${row}.origin`), ratePpm: read.percent(`${row}.ratePpm`, 100) }];
      }),
      financePpmPerYear: read.percent('terms.costModel.financePpmPerYear', 100),
      normalise: read.isTicked('terms.costModel.normalise'),
    },
  };
  const best = (value.criteria ?? []).map(({ options }) => Math.max(...options.map(({ sharePpm }) => sharePpm)));
  if (best.reduce((sum, each) => sum + each, 0) >= 1_000_000) {
    read.refuse('terms.criteria', 'The best options together must stay under 100 per cent.');
  }
  return { value, errors: [...read.errors, ...twiceErrors(value.costModel?.freight)] };
}

/** What the fields of a line's adjustments begin with: by its id, for the order of lines may change in the same form. */
export function adjustmentsName(lineId: string): string {
  return `adjustments[${lineId}]`;
}

function readAdjustments(read: Reader, name: string, currency: string): Adjustment[] {
  return read.rows(name).flatMap((row): Adjustment[] => {
    const analyte = read.said(`${row}.analyte`);
    const amount = read.money(`${row}.perStep`, currency);
    if (analyte === '' && amount === undefined) return [];
    if (analyte === '') read.refuse(`${row}.analyte`, 'Name what is measured.');
    if (amount === undefined) read.refuse(`${row}.perStep`, 'Enter an amount.');
    const share = (field: string, min: number) => {
      const ppb = ppbOfPercent(read.said(`${row}.${field}`));
      if (ppb === undefined || ppb < min) read.refuse(`${row}.${field}`, 'Enter per cent, such as 99.5.');
      return ppb ?? 0;
    };
    const perStep = read.said(`${row}.sign`) === 'minus' ? `-${amount}` : String(amount);
    return [{ analyte, referencePpb: share('referencePpb', 0), stepPpb: share('stepPpb', 1), perStep }];
  });
}

function readCriterion(read: Reader, row: string): Criterion[] {
  const title = read.said(`${row}.title`);
  const options = read.rows(`${row}.options`).flatMap((option): Criterion['options'] => {
    const name = read.said(`${option}.title`);
    if (name === '') return [];
    return [{ value: read.said(`${option}.value`), title: name, sharePpm: read.percent(`${option}.sharePpm`, 100) }];
  });
  if (title === '' && options.length === 0) return [];
  if (title === '') read.refuse(`${row}.title`, 'Name the criterion.');
  if (options.length === 0) read.refuse(`${row}.title`, 'Give it at least one option.');
  return [{ criterionId: read.said(`${row}.criterionId`), title, options }];
}

function optional<Name extends string>(name: Name, value: string): Partial<Record<Name, string>> {
  return value === '' ? {} : ({ [name]: value } as Record<Name, string>);
}
