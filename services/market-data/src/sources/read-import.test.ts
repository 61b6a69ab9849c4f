import { describe, expect, test } from 'vitest';
import { importMapping } from './import-mapping.ts';
import { readImport } from './read-import.ts';

const csv = importMapping.parse({
  format: 'csv',
  instrument: { column: 'Symbol', codes: { LC: 'carbonate', LH: 'hydroxide' } },
  validAt: { column: 'Date' },
  low: 'Low',
  high: 'High',
  currency: { column: 'Currency' },
  unit: { is: 'kg' },
  edition: 'Version',
});

test('a row becomes the figure it states, its middle that of the range', () => {
  const text = '\uFEFFSymbol,Date,Low,High,Currency,Version\nLC,2026-11-20,9.50,"10.51",USD,v2\n';
  expect(readImport(text, csv)).toEqual([
    {
      ...{ instrumentCode: 'carbonate', symbol: 'LC', edition: 'v2', validAt: new Date('2026-11-20') },
      ...{ lowMicros: 9_500_000n, midMicros: 10_005_000n, highMicros: 10_510_000n, kind: 'assessment' },
      ...{ stated: { currency: 'USD', unit: 'kg' }, citationUrl: null },
    },
  ]);
});

test('a symbol nobody mapped is of no instrument, and names of objects are none', () => {
  const rows = (symbol: string) => readImport(`Symbol,Date,Low,High\n${symbol},2026-11-20,1,2\n`, csv);
  for (const symbol of ['XX', '__proto__', 'constructor']) expect(rows(symbol)[0]?.instrumentCode).toBeNull();
});

test('one bad row refuses the file and every bad cell is pointed at', () => {
  const text = 'Symbol,Date,Low,High\nLC,2026-11-20,1,2\nLC,2026-02-30,1,2\nLC,2026-11-20,n/a,2\nLC,2026-11-20,,\n';
  expect(() => readImport(text, csv)).toThrow(
    expect.objectContaining({
      code: 'MARKET_IMPORT_INVALID',
      errors: [
        { pointer: '/1/Date', message: 'is not a date of the form iso' },
        { pointer: '/2/Low', message: 'is not a number' },
        { pointer: '/3/Low', message: 'there is no price' },
      ],
    }),
  );
});

describe('a mapping reads', () => {
  const json = importMapping.parse({
    format: 'json',
    rowsAt: ['data', 'rows'],
    instrument: { code: 'carbonate' },
    validAt: { column: 'year', format: 'yyyy' },
    mid: 'price',
    kind: 'annual_average',
  });

  test('JSON at a place in the document, a year as its last day', () => {
    const text = JSON.stringify({ data: { rows: [{ year: 2021, price: 12600 }] } });
    expect(readImport(text, json)).toMatchObject([
      {
        validAt: new Date('2021-12-31'),
        lowMicros: 12_600_000_000n,
        highMicros: 12_600_000_000n,
        kind: 'annual_average',
      },
    ]);
  });

  test('nothing where there are no rows', () => {
    for (const text of ['{', '{}', '[]', '{"data":{"rows":[]}}', '{"data":{"rows":{}}}', '{"data":{"rows":[1]}}']) {
      expect(() => readImport(text, json)).toThrow(expect.objectContaining({ code: 'MARKET_IMPORT_INVALID' }));
    }
  });

  test.each([
    ['dd/mm/yyyy', '03/02/2026', '2026-02-03'],
    ['mm/dd/yyyy', '03/02/2026', '2026-03-02'],
    ['yyyymmdd', '20260302', '2026-03-02'],
    ['iso', '2026-03-02T10:00:00+01:00', '2026-03-02T09:00:00Z'],
  ] as const)('dates as %s', (format, text, expected) => {
    const mapping = importMapping.parse({ ...json, rowsAt: [], validAt: { column: 'on', format } });
    expect(readImport(JSON.stringify([{ on: text, price: '1' }]), mapping)[0]?.validAt).toEqual(new Date(expected));
  });

  test('the other notation where it is told so', () => {
    const mapping = importMapping.parse({ ...csv, delimiter: ';', decimalSign: ',', edition: undefined });
    const [figure] = readImport('Symbol;Date;Low;High\nLH;2026-11-20;9.500,5;9.600,5\n', mapping);
    expect(figure).toMatchObject({ lowMicros: 9_500_500_000n, edition: '2026-11-20' });
  });
});
