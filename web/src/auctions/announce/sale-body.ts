import type { Body } from '../../api/shapes.ts';
import { enteredMoney } from '../../money/money-field.tsx';
import type { Format } from '../auction.ts';

export type Sale = Body<'/api/auctions'>;
type Rules = Sale['rules'];
type Lot = Sale['lots'][number];
type Limit = NonNullable<Lot['limits']>[number];
type Criterion = NonNullable<Sale['criteria']>[number];

const secondsOf = { minutes: 60, hours: 3_600 } as const;

/** Reads the sale that a form holds. Names of fields are where the platform says what is wrong with them. */
export function saleOf(data: FormData, format: Format): Sale {
  const currency = text(data, 'currency');
  const opensAt = instantOf(text(data, 'opensAt'));
  const closesAt = format === 'meat_rounds' ? undefined : instantOf(text(data, 'closesAt'));
  const stagger = wholeOf(text(data, 'staggerSeconds'));
  return {
    currency,
    ...(opensAt ? { opensAt } : {}),
    ...(closesAt ? { closesAt } : {}),
    ...(stagger === undefined ? {} : { staggerSeconds: stagger * secondsOf.minutes }),
    deposit: enteredMoney(data, 'deposit', currency) ?? '0',
    confirmHours: wholeOf(text(data, 'confirmHours')) ?? 48,
    ...(format === 'meat_rounds' ? { criteria: criteriaOf(data) } : {}),
    rules: rulesOf(data, format, currency),
    lots: indexes(data, 'lots', 'title').map((index) => lotOf(data, `lots.${index}`, currency)),
  };
}

function rulesOf(data: FormData, format: Format, currency: string): Rules {
  const step = enteredMoney(data, 'rules.step', currency) ?? '';
  const whole = (name: string) => wholeOf(text(data, `rules.${name}`)) ?? 0;
  const increments = [{ below: null, step }];
  const until = wholeOf(text(data, 'rules.retractUntilSeconds'));
  const retraction = until === undefined ? {} : { retractUntilSeconds: until * secondsOf.minutes };
  switch (format) {
    case 'english':
      return { format, increments, ...softCloseOf(data), ...retraction };
    case 'reverse':
      return { format, increments, ...softCloseOf(data) };
    case 'dutch':
      return { format, step, everySeconds: whole('everySeconds') };
    case 'sealed_first':
    case 'sealed_second':
      return { format, ...retraction };
    case 'japanese':
      return { format, increments, roundSeconds: whole('roundSeconds') };
    case 'meat_rounds':
      return {
        ...{ format, step, rounds: whole('rounds') },
        ...{ roundSeconds: whole('roundSeconds'), pauseSeconds: whole('pauseSeconds') },
      };
  }
}

function softCloseOf(data: FormData): Pick<Extract<Rules, { format: 'english' }>, 'softClose'> {
  if (!data.has('hasSoftClose')) return {};
  const whole = (name: string) => wholeOf(text(data, `rules.softClose.${name}`)) ?? 0;
  return {
    softClose: {
      ...{ windowSeconds: whole('windowSeconds'), extensionSeconds: whole('extensionSeconds') },
      extensionsMax: whole('extensionsMax'),
      hardStopSeconds: whole('hardStopSeconds') * secondsOf.minutes,
    },
  };
}

function lotOf(data: FormData, at: string, currency: string): Lot {
  const said = (name: string) => text(data, `${at}.${name}`);
  const price = (name: 'reservePrice' | 'buyNowPrice' | 'floorPrice') => {
    const amount = enteredMoney(data, `${at}.${name}`, currency);
    return amount === undefined ? {} : { [name]: amount };
  };
  return {
    ...{ title: said('title'), description: said('description') },
    ...{ productType: said('productType') as Lot['productType'], grade: said('grade') as Lot['grade'] },
    ...{ basis: said('basis') as 'dry' | 'wet', limits: limitsOf(data, at) },
    ...{ quantityKg: wholeOf(said('quantityKg')) ?? 0, incoterm: said('incoterm') as Lot['incoterm'] },
    ...{ place: said('place'), deliverFrom: said('deliverFrom'), deliverTo: said('deliverTo') },
    startingPrice: enteredMoney(data, `${at}.startingPrice`, currency) ?? '',
    ...{ ...price('reservePrice'), ...price('buyNowPrice'), ...price('floorPrice') },
  };
}

function limitsOf(data: FormData, lot: string): Limit[] {
  return indexes(data, `${lot}.limits`, 'analyte').map((index) => {
    const said = (name: string) => text(data, `${lot}.limits.${index}.${name}`);
    const side = said('side') === 'max' ? 'max' : 'min';
    return { analyte: said('analyte'), unit: said('unit') as Limit['unit'], [side]: said('value') };
  });
}

function criteriaOf(data: FormData): Criterion[] {
  return indexes(data, 'criteria', 'title').map((index) => {
    const options = indexes(data, `criteria.${index}.options`, 'title').map((option, position) => {
      const said = (name: string) => text(data, `criteria.${index}.options.${option}.${name}`);
      return { value: String(position + 1), title: said('title'), sharePpm: ppmOfPercent(said('sharePpm')) ?? 0 };
    });
    return { criterionId: String(index + 1), title: text(data, `criteria.${index}.title`), options };
  });
}

/** Parts per million of a share in per cent, exactly; undefined when it is none or finer than that. */
export function ppmOfPercent(entered: string): number | undefined {
  const [, whole, fraction = ''] = /^(\d{1,2})(?:\.(\d{1,4}))?$/.exec(entered.trim()) ?? [];
  return whole === undefined ? undefined : Number(`${whole}${fraction.padEnd(4, '0')}`);
}

/** The places in a list that a form has rows of; a row that was removed leaves a hole. */
function indexes(data: FormData, list: string, first: string): number[] {
  const found = [...data.keys()].flatMap((name) => {
    const rest = name.startsWith(`${list}.`) ? name.slice(list.length + 1).split('.') : [];
    return rest.length === 2 && rest[1] === first ? [Number(rest[0])] : [];
  });
  return [...new Set(found)].sort((a, b) => a - b);
}

function text(data: FormData, name: string): string {
  return String(data.get(name) ?? '').trim();
}

function wholeOf(entered: string): number | undefined {
  return /^\d{1,15}$/.test(entered) ? Number(entered) : undefined;
}

/** A time as the browser's field has it, in the reader's zone. */
function instantOf(entered: string): string | undefined {
  const at = new Date(entered);
  return entered === '' || Number.isNaN(at.getTime()) ? undefined : at.toISOString();
}
