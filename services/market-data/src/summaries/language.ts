export const locales = ['en', 'de'] as const;
export type Locale = (typeof locales)[number];

/** How a locale writes figures, and the words that make claims about them. All words in lower case. */
export interface Language {
  decimal: '.' | ',';
  group: ',' | '.';
  about: readonly string[];
  percent: readonly string[];
  up: readonly string[];
  down: readonly string[];
  flat: readonly string[];
  simulated: readonly string[];
  /** Figures in words: nothing could be checked, so a text has none. */
  numberWords: readonly string[];
  /** Turn a claim around. */
  negations: readonly string[];
  months: readonly string[];
  currencies: Readonly<Record<string, string>>;
  units: Readonly<Record<string, string>>;
}

const words = (text: string) => text.split(' ');

export const languages: Record<Locale, Language> = {
  en: {
    ...{ decimal: '.', group: ',' },
    about: words('about around approximately roughly'),
    percent: ['%', 'percent', 'per cent'],
    up: words(
      'rose rise rises risen rising up gain gains gained increase increases increased climbed higher jumped firmed',
    ),
    down: words(
      'fell fall falls fallen falling down lost loses decline declined decrease decreased dropped slipped lower eased',
    ),
    flat: words('unchanged flat steady stable'),
    simulated: ['simulated'],
    numberWords: words(
      'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands million millions billion billions dozen dozens half halved halving third thirds quarter quarters double doubled doubling twice triple tripled threefold tenfold once',
    ),
    negations: words("not no never neither nor without didn't isn't wasn't hasn't"),
    months: words('January February March April May June July August September October November December'),
    currencies: { dollar: 'USD', dollars: 'USD', euro: 'EUR', euros: 'EUR', yuan: 'CNY', renminbi: 'CNY', yen: 'JPY' },
    units: {
      ...{ kg: 'kg', kilo: 'kg', kilogram: 'kg', kilograms: 'kg', kilogramme: 'kg', tonne: 't', tonnes: 't', ton: 't' },
      ...{
        tons: 't',
        mt: 't',
        lb: 'lb',
        lbs: 'lb',
        pound: 'lb',
        pounds: 'lb',
        dmt: 'dmt',
        wmt: 'wmt',
        gram: 'g',
        grams: 'g',
      },
    },
  },
  de: {
    ...{ decimal: ',', group: '.' },
    about: words('etwa rund ungefähr circa'),
    percent: ['%', 'prozent'],
    up: words('stieg steigt stiegen gestiegen anstieg höher plus zugelegt zunahme verteuerte'),
    down: words('fiel fällt fielen gefallen sank gesunken rückgang niedriger minus nachgegeben abnahme verbilligte'),
    flat: words('unverändert stabil'),
    simulated: words('simuliert simulierte simulierter simulierten simuliertes'),
    numberWords: words(
      'ein eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig hundert tausend million millionen milliarde milliarden dutzend halb halbe halbiert hälfte drittel viertel doppelt verdoppelt verdreifacht zweimal einmal',
    ),
    negations: words('nicht kein keine keinen keiner nie weder noch ohne'),
    months: words('Januar Februar März April Mai Juni Juli August September Oktober November Dezember'),
    currencies: { dollar: 'USD', euro: 'EUR', yuan: 'CNY', renminbi: 'CNY', yen: 'JPY' },
    units: {
      ...{
        kg: 'kg',
        kilo: 'kg',
        kilogramm: 'kg',
        tonne: 't',
        tonnen: 't',
        lb: 'lb',
        pfund: 'lb',
        dmt: 'dmt',
        wmt: 'wmt',
      },
      gramm: 'g',
    },
  },
};

/** Decimal text as a locale writes it, with groups of three from a thousand on: "75,500.5", "75.500,5". */
export function writeNumber(text: string, locale: Locale): string {
  const { decimal, group } = languages[locale];
  const [whole = '0', decimals] = text.split('.');
  const grouped = whole.replace(/\B(?=(?:[0-9]{3})+$)/g, group);
  return decimals ? `${grouped}${decimal}${decimals}` : grouped;
}

/** Every way a day may be written. */
export function writtenDays(day: string, locale: Locale): string[] {
  const [year = '', month = '', date = ''] = day.split('-');
  const name = languages[locale].months[Number(month) - 1] ?? '';
  const plain = String(Number(date));
  if (locale === 'de')
    return [day, `${plain}. ${name} ${year}`, `${date}.${month}.${year}`, `${plain}.${Number(month)}.${year}`];
  return [day, `${plain} ${name} ${year}`, `${name} ${plain}, ${year}`];
}
