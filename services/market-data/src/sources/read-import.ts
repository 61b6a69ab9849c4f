import type { FieldError } from '@clearlot/kernel';
import { parse } from 'csv-parse/sync';
import type { Unit } from '../instruments/instrument.ts';
import type { StatedBasis } from '../quality/figure.ts';
import { sourceErrors } from './errors.ts';
import type { ImportMapping } from './import-mapping.ts';
import { middleOf, readPrice } from './read-price.ts';
import type { FetchedFigure } from './source-port.ts';

type Row = Readonly<Record<string, unknown>>;

const rowsMax = 100_000;
const errorsMax = 20;

/**
 * Reads a file by a mapping, all of it or nothing: what a row does not say is never made up. Errors: MARKET_IMPORT_INVALID
 * with a pointer to each bad row (`/0/price`), the first twenty.
 */
export function readImport(text: string, mapping: ImportMapping): FetchedFigure[] {
  const rows = mapping.format === 'csv' ? csvRows(text, mapping) : jsonRows(text, mapping);
  if (rows.length === 0) throw invalid('There are no rows in the file.');
  if (rows.length > rowsMax) throw invalid(`The file has more than ${rowsMax} rows.`);
  const errors: FieldError[] = [];
  const figures = rows.flatMap((row, index) => {
    const report = (column: string, message: string) => errors.push({ pointer: `/${index}/${column}`, message });
    return readRow(row, mapping, report) ?? [];
  });
  if (errors.length > 0) throw invalid(`${errors.length} things cannot be read.`, errors.slice(0, errorsMax));
  return figures;
}

function csvRows(text: string, { delimiter }: ImportMapping): Row[] {
  try {
    return parse(text, {
      columns: true,
      delimiter,
      bom: true,
      skip_empty_lines: true,
      trim: true,
      max_record_size: 65_536,
    });
  } catch (error) {
    throw invalid((error as Error).message);
  }
}

function jsonRows(text: string, { rowsAt }: ImportMapping): Row[] {
  let at: unknown;
  try {
    at = JSON.parse(text);
  } catch {
    throw invalid('The file is not JSON.');
  }
  for (const name of rowsAt) at = isRow(at) && Object.hasOwn(at, name) ? at[name] : undefined;
  if (!Array.isArray(at) || !at.every(isRow)) throw invalid('There is no array of objects where the mapping says.');
  return at;
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readRow(row: Row, mapping: ImportMapping, report: (column: string, message: string) => void) {
  const price = (column: string | undefined) => {
    const value = column === undefined ? undefined : cell(row, column);
    if (column === undefined || value === undefined) return undefined;
    const micros = readPrice(value, typeof value === 'string' ? mapping.decimalSign : '.');
    if (micros === undefined) report(column, 'is not a number');
    return micros;
  };
  const [low, mid, high] = [price(mapping.low), price(mapping.mid), price(mapping.high)];
  const midMicros = mid ?? (low !== undefined && high !== undefined ? middleOf(low, high) : (low ?? high));
  const validAt = readInstant(textOf(row, mapping.validAt.column), mapping.validAt.format);
  if (!validAt) report(mapping.validAt.column, `is not a date of the form ${mapping.validAt.format}`);
  if (midMicros === undefined) report(mapping.mid ?? mapping.low ?? mapping.high ?? '', 'there is no price');
  if (!validAt || midMicros === undefined) return undefined;
  const symbol =
    'code' in mapping.instrument ? mapping.instrument.code : (textOf(row, mapping.instrument.column) ?? '');
  const figure: FetchedFigure = {
    instrumentCode: codeOf(symbol, mapping),
    symbol,
    edition: (mapping.edition && textOf(row, mapping.edition)) || validAt.toISOString().slice(0, 10),
    validAt,
    lowMicros: low ?? midMicros,
    midMicros,
    highMicros: high ?? midMicros,
    kind: mapping.kind,
    stated: statedOf(row, mapping),
    citationUrl: null,
  };
  return figure;
}

function codeOf(symbol: string, { instrument }: ImportMapping): string | null {
  if ('code' in instrument) return instrument.code;
  return (Object.hasOwn(instrument.codes, symbol) && instrument.codes[symbol]) || null;
}

/** What the file says is taken as it is: whether it is the instrument's is for the quality rules. */
function statedOf(row: Row, { currency, unit, incoterm, taxBasis }: ImportMapping): StatedBasis {
  const said = (from: { column: string } | { is: string } | undefined) =>
    from && ('is' in from ? from.is : textOf(row, from.column));
  const saidCurrency = said(currency);
  const saidUnit = said(unit);
  return {
    ...(saidCurrency ? { currency: saidCurrency } : {}),
    ...(saidUnit ? { unit: saidUnit as Unit } : {}),
    ...(incoterm ? { incoterm: incoterm.is } : {}),
    ...(taxBasis ? { taxBasis: taxBasis.is } : {}),
  };
}

function cell(row: Row, column: string): unknown {
  const value = Object.hasOwn(row, column) ? row[column] : undefined;
  return value === '' || value === null ? undefined : value;
}

function textOf(row: Row, column: string): string | undefined {
  const value = cell(row, column);
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim().slice(0, 500) : undefined;
}

const forms = {
  'dd/mm/yyyy': /^(?<d>[0-9]{1,2})[/.-](?<m>[0-9]{1,2})[/.-](?<y>[0-9]{4})$/,
  'mm/dd/yyyy': /^(?<m>[0-9]{1,2})[/.-](?<d>[0-9]{1,2})[/.-](?<y>[0-9]{4})$/,
  yyyymmdd: /^(?<y>[0-9]{4})(?<m>[0-9]{2})(?<d>[0-9]{2})$/,
  yyyy: /^(?<y>[0-9]{4})$/,
} as const;

/** A day begins at midnight UTC. A year stands for its last day: what an annual average is of has then ended. */
function readInstant(text: string | undefined, format: ImportMapping['validAt']['format']): Date | undefined {
  if (text === undefined) return undefined;
  if (format === 'iso') {
    const isIso = /^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9:.]+(Z|[+-][0-9]{2}:?[0-9]{2}))?$/.test(text);
    const at = new Date(text);
    return isIso && !Number.isNaN(at.getTime()) && isSameDay(text, at) ? at : undefined;
  }
  const parts = forms[format].exec(text)?.groups;
  if (!parts) return undefined;
  const day = `${parts.y}-${(parts.m ?? '12').padStart(2, '0')}-${(parts.d ?? '31').padStart(2, '0')}`;
  const at = new Date(day);
  return !Number.isNaN(at.getTime()) && isSameDay(day, at) ? at : undefined;
}

/** JavaScript reads 30 February as 2 March. */
function isSameDay(text: string, at: Date): boolean {
  return text.length > 10 || at.toISOString().startsWith(text);
}

function invalid(detail: string, errors?: readonly FieldError[]) {
  return sourceErrors.error('MARKET_IMPORT_INVALID', detail, errors);
}
