import { currencies, type Fraction, fraction } from '@clearlot/kernel';
import { readDecimal } from '../conversion/decimal.ts';
import { changePercent, type Fact, roundedDigits } from './fact.ts';
import { type Language, type Locale, languages, writtenDays } from './language.ts';

/** Why a text is not published. */
export type ProblemCode =
  | 'TEXT_LENGTH'
  | 'CONTENT_REFUSED'
  | 'CITATION_MISSING'
  | 'CITATION_UNKNOWN'
  | 'CITATION_MISPLACED'
  | 'NUMBER_MALFORMED'
  | 'NUMBER_IN_WORDS'
  | 'NUMBER_UNKNOWN'
  | 'PERCENT_UNKNOWN'
  | 'DIRECTION_WRONG'
  | 'MEASURE_UNKNOWN'
  | 'NEGATION'
  | 'SIMULATED_UNSAID';

export interface Problem {
  code: ProblemCode;
  sentence: string;
}

const lengthMax = 3000;

/**
 * Holds a text to the facts it cites; undefined when all of it is theirs. Every sentence carries a marker. Every figure is,
 * in the locale's own writing, exactly a low, mid, high, earlier mid or difference of a fact its sentence cites; or that
 * value at three significant digits where the word before says it is about; or the percentage it moved by at the decimals
 * shown (half away from zero, two at most), in the direction the sentence says. Names, editions and days are taken as they
 * are written in the facts. Figures in words, other scripts' digits, links, markup, negations and talk of instructions are
 * refused: what cannot be checked is not published.
 */
export function checkText(text: string, facts: readonly Fact[], locale: Locale): Problem | undefined {
  if (text.trim() === '' || text.length > lengthMax) return { code: 'TEXT_LENGTH', sentence: '' };
  const whole = refuseContent(text);
  if (whole) return whole;
  const { blanked, owners } = blankLiterals(text, facts, locale);
  for (const sentence of sentencesOf(blanked)) {
    const problem = checkSentence(sentence, facts, owners, languages[locale]);
    if (problem) return { code: problem, sentence: sentence.trim().slice(0, 300) };
  }
  return undefined;
}

const refusedContent = [
  // Links, markup, code, and what would be read by machines.
  /https?:|www\.|\S+@\S+|[<>`{}|\\]|\]\(|\bjavascript\b/i,
  /[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/u,
  /\b(ignore|disregard|instructions?|prompt|system|assistant|anweisung\w*|ignorier\w*)\b/i,
];

function refuseContent(text: string): Problem | undefined {
  const plain = text.replaceAll('\n', ' ');
  return refusedContent.some((pattern) => pattern.test(plain)) ? { code: 'CONTENT_REFUSED', sentence: '' } : undefined;
}

// A literal that was found in the text is replaced by one private character for each, so that what is in it is not read.
const privateUse = 0xe000;
const formulas = ['Li2CO3', 'Li2O', 'LiOH.H2O', 'LiOH·H2O', 'LiCl'];

/** Replaces what facts are called, where they stand and of which day they are; answers whose each replacement is. */
function blankLiterals(text: string, facts: readonly Fact[], locale: Locale) {
  const literals = new Map<string, Set<number>>(formulas.map((each) => [each, new Set<number>()]));
  for (const fact of facts) {
    const days = [fact.day, ...(fact.previous ? [fact.previous.day] : [])].flatMap((day) => writtenDays(day, locale));
    for (const literal of [fact.name, fact.code, fact.source, fact.edition, ...days]) {
      if (literal !== '') literals.set(literal, (literals.get(literal) ?? new Set()).add(fact.marker));
    }
  }
  const owners = new Map<string, ReadonlySet<number>>();
  let blanked = text;
  // The longest first: a name may contain another.
  const ordered = [...literals].sort(([a], [b]) => b.length - a.length);
  for (const [index, [literal, markers]] of ordered.entries()) {
    const character = String.fromCharCode(privateUse + index);
    const pattern = new RegExp(`(?<![\\p{L}\\p{N}])${escapePattern(literal)}(?![\\p{L}\\p{N}])`, 'gu');
    blanked = blanked.replaceAll(pattern, character);
    owners.set(character, markers);
  }
  return { blanked, owners };
}

/** A sentence ends at a mark and white space, or at a line's end. Cutting too finely only makes the check stricter. */
function sentencesOf(text: string): string[] {
  return text.split(/(?<=[.!?])\s+|\n+/).filter((sentence) => sentence.trim() !== '');
}

function checkSentence(
  sentence: string,
  facts: readonly Fact[],
  owners: ReadonlyMap<string, ReadonlySet<number>>,
  language: Language,
): ProblemCode | undefined {
  const markers = [...sentence.matchAll(/\[([0-9]{1,3})\]/g)].map((match) => Number(match[1]));
  if (markers.length === 0) return 'CITATION_MISSING';
  const cited = facts.filter(({ marker }) => markers.includes(marker));
  if (cited.length < new Set(markers).size) return 'CITATION_UNKNOWN';
  for (const character of sentence) {
    const named = owners.get(character);
    if (named && named.size > 0 && !markers.some((marker) => named.has(marker))) return 'CITATION_MISPLACED';
  }
  const bare = sentence.replaceAll(/\[[0-9]{1,3}\]/g, ' ').replaceAll(/[\ue000-\uf8ff]/g, ' \ue000 ');
  const spoken = bare.toLowerCase().match(/[\p{L}'’]+/gu) ?? [];
  const says = (list: readonly string[]) => spoken.some((word) => list.includes(word.replaceAll('’', "'")));
  if (says(language.numberWords)) return 'NUMBER_IN_WORDS';
  if (says(language.negations)) return 'NEGATION';
  if (cited.some(({ kind }) => kind === 'simulated') && !says(language.simulated)) return 'SIMULATED_UNSAID';
  return (
    checkDirection(cited, says, language) ??
    checkMeasures(bare, spoken, cited, language) ??
    checkNumbers(bare, cited, language)
  );
}

function checkDirection(
  cited: readonly Fact[],
  says: (words: readonly string[]) => boolean,
  language: Language,
): ProblemCode | undefined {
  const signs = cited.map((fact) => {
    const change = changePercent(fact);
    return change === undefined ? undefined : change.num > 0n ? 1 : change.num < 0n ? -1 : 0;
  });
  const claims = [
    ...(says(language.up) ? [1] : []),
    ...(says(language.down) ? [-1] : []),
    ...(says(language.flat) ? [0] : []),
  ];
  return claims.every((claim) => signs.every((sign) => sign === claim)) ? undefined : 'DIRECTION_WRONG';
}

const symbols: Readonly<Record<string, string>> = { $: 'USD', '€': 'EUR', '£': 'GBP' };
const currencyCodes: ReadonlySet<string> = new Set(currencies);

/** Currencies and units that are said are those of the facts. */
function checkMeasures(
  bare: string,
  spoken: readonly string[],
  cited: readonly Fact[],
  language: Language,
): ProblemCode | undefined {
  const codes = [...bare.matchAll(/\b[A-Z]{3}\b/g)].map(([code]) => code).filter((code) => currencyCodes.has(code));
  const signs = [...bare.matchAll(/\p{Sc}/gu)].map(([sign]) => symbols[sign] ?? sign);
  const named = spoken.flatMap((word) => language.currencies[word] ?? []);
  const short = [...bare.matchAll(/(?:\/|\bper |\bpro |\bje )(t|g)\b/g)].map((match) => match[1] ?? '');
  const units = [...spoken.flatMap((word) => language.units[word] ?? []), ...short];
  const known =
    [...codes, ...signs, ...named].every((currency) => cited.some((fact) => fact.currency === currency)) &&
    units.every((unit) => cited.some((fact) => fact.unit === unit));
  return known ? undefined : 'MEASURE_UNKNOWN';
}

function checkNumbers(bare: string, cited: readonly Fact[], language: Language): ProblemCode | undefined {
  for (const match of bare.matchAll(/\p{N}(?:\p{N}|[.,'’\u00a0\u202f](?=\p{N}))*/gu)) {
    const [token] = match;
    const before = bare.slice(0, match.index);
    const after = bare.slice(match.index + token.length);
    if (/[\p{L}_]$/u.test(before) || /^[\p{L}_]/u.test(after)) return 'NUMBER_MALFORMED';
    const value = readToken(token, language);
    if (!value) return 'NUMBER_MALFORMED';
    if (isPercent(after, language)) {
      if (!cited.some((fact) => isChange(fact, value, signBefore(before)))) return 'PERCENT_UNKNOWN';
      continue;
    }
    const rounded = language.about.some((word) =>
      new RegExp(`(?:^|[^\\p{L}])${word}[\\s~]*$`, 'iu').test(spaced(before)),
    );
    const values = cited.flatMap(valuesOf);
    const held = values.some((known) => fraction.cmp(rounded ? threeDigits(known) : known, value.value) === 0);
    if (!held || signBefore(before) === -1) return 'NUMBER_UNKNOWN';
  }
  return undefined;
}

/** A price may have its currency before it: "about USD 12,300". */
function spaced(before: string): string {
  return before.replace(/(?:\b[A-Z]{3}|\p{Sc})\s*$/u, '');
}

interface Written {
  value: Fraction;
  decimals: number;
}

/** A figure as the locale writes it; undefined for any other writing, and for digits that are not ASCII. */
function readToken(token: string, { decimal, group }: Language): Written | undefined {
  const [d, g] = [escapePattern(decimal), escapePattern(group)];
  const match = new RegExp(`^([0-9]{1,3}(?:${g}[0-9]{3})+|[0-9]{1,15})(?:${d}([0-9]{1,9}))?$`).exec(token);
  if (!match) return undefined;
  const [, whole = '', decimals = ''] = match;
  const plain = whole.replaceAll(group, '');
  return { value: readDecimal(decimals ? `${plain}.${decimals}` : plain), decimals: decimals.length };
}

function isPercent(after: string, { percent }: Language): boolean {
  const text = after.replace(/^[\s\u00a0\u202f]+/u, '').toLowerCase();
  return percent.some((word) => text.startsWith(word));
}

function signBefore(before: string): 1 | -1 | undefined {
  // A dash after a figure makes a range; after anything else it is a sign.
  if (/(?:^|[^\p{L}\p{N}])[-−–]$/u.test(before)) return -1;
  return before.endsWith('+') ? 1 : undefined;
}

function isChange(fact: Fact, { value, decimals }: Written, sign: 1 | -1 | undefined): boolean {
  const change = changePercent(fact);
  if (!change || decimals > 2) return false;
  if (sign !== undefined && (change.num > 0n ? 1 : change.num < 0n ? -1 : 0) !== sign) return false;
  return roundedDigits(change, decimals) === roundedDigits(value, decimals);
}

const micro = fraction.of(1n, 1_000_000n);

function valuesOf({ lowMicros, midMicros, highMicros, previous }: Fact): Fraction[] {
  const difference = previous ? midMicros - previous.midMicros : 0n;
  const micros = [lowMicros, midMicros, highMicros, ...(previous ? [previous.midMicros] : [])];
  if (difference !== 0n) micros.push(difference < 0n ? -difference : difference);
  return micros.map((each) => fraction.mul(fraction.of(each), micro));
}

/** A value above zero at three significant digits, half away from zero. */
function threeDigits(value: Fraction): Fraction {
  let exponent = 0;
  const scale = () => fraction.of(10n ** BigInt(Math.max(0, exponent)), 10n ** BigInt(Math.max(0, -exponent)));
  while (fraction.cmp(value, fraction.mul(fraction.of(1000n), scale())) >= 0) exponent += 1;
  while (fraction.cmp(value, fraction.mul(fraction.of(100n), scale())) < 0) exponent -= 1;
  return fraction.mul(fraction.of(roundedDigits(fraction.div(value, scale()), 0)), scale());
}

function escapePattern(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
