import { beforeAll, describe, expect, it, vi } from 'vitest';
import { ppmOfPercent, saleOf } from './sale-body.ts';

beforeAll(() => vi.stubGlobal('navigator', { language: 'en-US' }));

function form(fields: Record<string, string>): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  return data;
}

const lot = (at: string, title: string) => ({
  [`${at}.title`]: title,
  ...{ [`${at}.productType`]: 'lithium_carbonate', [`${at}.grade`]: 'battery', [`${at}.basis`]: 'dry' },
  ...{ [`${at}.quantityKg`]: '20000', [`${at}.incoterm`]: 'FOB', [`${at}.place`]: ' Antofagasta ' },
  ...{ [`${at}.deliverFrom`]: '2027-01-01', [`${at}.deliverTo`]: '2027-02-01' },
  ...{ [`${at}.startingPrice`]: '10,000.00', [`${at}.reservePrice`]: '' },
});

const common = { currency: 'USD', deposit: '20 000', confirmHours: '24', closesAt: '2026-12-01T10:00' };

describe('the sale that a form holds', () => {
  it('is exact to the digit and leaves out what is empty', () => {
    const sale = saleOf(
      form({ ...common, 'rules.step': '25', ...lot('lots.0', 'One'), 'lots.0.buyNowPrice': '16,000.50' }),
      'english',
    );
    expect(sale.deposit).toBe('20000');
    expect(sale.rules).toEqual({ format: 'english', increments: [{ below: null, step: '25' }] });
    expect(sale.lots).toMatchObject([{ title: 'One', startingPrice: '10000.00', buyNowPrice: '16000.50' }]);
    expect(sale.lots[0]).not.toHaveProperty('reservePrice');
    expect(sale.closesAt).toBe(new Date('2026-12-01T10:00').toISOString());
    expect(sale).not.toHaveProperty('opensAt');
  });

  it('keeps the order of lots where one in between was removed', () => {
    const sale = saleOf(
      form({ ...common, ...lot('lots.0', 'One'), ...lot('lots.10', 'Three'), ...lot('lots.2', 'Two') }),
      'sealed_first',
    );
    expect(sale.lots.map(({ title }) => title)).toEqual(['One', 'Two', 'Three']);
  });

  it('has a soft close only where it is wanted, its hard stop in seconds', () => {
    const soft = {
      ...{ 'rules.softClose.windowSeconds': '60', 'rules.softClose.extensionSeconds': '90' },
      ...{ 'rules.softClose.extensionsMax': '5', 'rules.softClose.hardStopSeconds': '30' },
    };
    const fields = { ...common, 'rules.step': '25', ...soft, ...lot('lots.0', 'One') };
    expect(saleOf(form(fields), 'reverse').rules).not.toHaveProperty('softClose');
    expect(saleOf(form({ ...fields, hasSoftClose: 'on' }), 'reverse').rules).toMatchObject({
      softClose: { windowSeconds: 60, extensionSeconds: 90, extensionsMax: 5, hardStopSeconds: 1_800 },
    });
  });

  it('reads limits and questions with their shares', () => {
    const limits = {
      ...{ 'lots.0.limits.1.analyte': 'Na', 'lots.0.limits.1.side': 'max' },
      ...{ 'lots.0.limits.1.value': '120', 'lots.0.limits.1.unit': 'ppm' },
    };
    const criteria = {
      ...{ 'criteria.0.title': 'Where?', 'criteria.0.options.0.title': 'Here', 'criteria.0.options.0.sharePpm': '5.5' },
      ...{ 'criteria.0.options.3.title': 'There', 'criteria.0.options.3.sharePpm': '0' },
    };
    const rounds = { 'rules.rounds': '3', 'rules.roundSeconds': '60', 'rules.pauseSeconds': '0', 'rules.step': '50' };
    const sale = saleOf(form({ ...common, ...rounds, ...lot('lots.0', 'One'), ...limits, ...criteria }), 'meat_rounds');
    expect(sale.lots[0]?.limits).toEqual([{ analyte: 'Na', unit: 'ppm', max: '120' }]);
    expect(sale.criteria).toEqual([
      {
        ...{ criterionId: '1', title: 'Where?' },
        options: [
          { value: '1', title: 'Here', sharePpm: 55_000 },
          { value: '2', title: 'There', sharePpm: 0 },
        ],
      },
    ]);
    expect(sale).not.toHaveProperty('closesAt');
  });
});

it.each([
  ['5', 50_000],
  ['0.0001', 1],
  ['12.3456', 123_456],
  ['0.00001', undefined],
  ['100', undefined],
  ['x', undefined],
])('a share of %s %% is %s ppm', (entered, ppm) => {
  expect(ppmOfPercent(entered)).toBe(ppm);
});
