// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { firstDates, readComparing, readGoods, readRules, toLocalInput } from './draft-terms.ts';
import type { Line } from './rfq.ts';

function form(fields: Record<string, string>): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.append(name, value);
  return data;
}

const line = (index: number, change: Record<string, string> = {}) =>
  Object.fromEntries(
    Object.entries({
      lineId: `L${index + 1}`,
      title: 'Carbonate',
      productType: 'lithium_carbonate',
      grade: 'battery',
      basis: 'dry',
      quantityKg: '100,000',
      deliverFrom: '2027-03-01',
      deliverTo: '2027-03-31',
      ...change,
    }).map(([name, value]) => [`terms.lines.${index}.${name}`, value]),
  );
const where = { 'terms.incoterm': 'CIF', 'terms.place': 'Antwerp', 'terms.destinationCountry': 'BE' };
const pointers = (errors: readonly { pointer: string }[]) => errors.map(({ pointer }) => pointer);

describe('the goods of a request', () => {
  it('are read line by line, with the limits that say something', () => {
    const limits = {
      'limits.0.analyte': 'Li2CO3',
      'limits.0.unit': '%',
      'limits.0.min': '99.5',
      'limits.0.max': '',
      'limits.1.analyte': '',
      'limits.1.min': '',
      'limits.1.max': '',
    };
    const { value, errors } = readGoods(form({ ...line(0, limits), ...line(1), ...where }), undefined);
    expect(errors).toEqual([]);
    expect(value.lines).toHaveLength(2);
    expect(value.lines[0]).toMatchObject({
      quantityKg: 100_000,
      limits: [{ analyte: 'Li2CO3', unit: '%', min: '99.5' }],
    });
    expect(value.lines[1]?.limits).toEqual([]);
  });

  it('keep the very instant of a day that was not changed, so that an amendment changes nothing else', () => {
    const old: Line = {
      ...{ lineId: 'L1', title: 'Carbonate', productType: 'lithium_carbonate', grade: 'battery', quantityKg: 1 },
      ...{ deliverFrom: '2027-03-01T22:33:39.070Z', deliverTo: '2027-03-31' },
      adjustments: [{ analyte: 'Na', referencePpb: 1, stepPpb: 1, perStep: 1 }],
    };
    const { value } = readGoods(form({ ...line(0), ...where }), { lines: [old] });
    expect(value.lines[0]).toMatchObject({ deliverFrom: old.deliverFrom, adjustments: old.adjustments });
    const moved = readGoods(form({ ...line(0, { deliverFrom: '2027-03-02' }), ...where }), { lines: [old] });
    expect(moved.value.lines[0]?.deliverFrom).toBe('2027-03-02');
  });

  it('are refused field by field', () => {
    const bad = { quantityKg: '1.5 t', deliverTo: '2027-02-28', title: ' ' };
    const { errors } = readGoods(form({ ...line(0, bad), ...where, 'terms.place': '' }), undefined);
    expect(pointers(errors).sort()).toEqual([
      '/terms/lines/0/deliverTo',
      '/terms/lines/0/quantityKg',
      '/terms/lines/0/title',
      '/terms/place',
    ]);
    expect(pointers(readGoods(form(where), undefined).errors)).toEqual(['/terms/lines']);
  });
});

describe('the rules of a request', () => {
  const now = Date.parse('2026-12-01T12:00:00.000Z');
  const dates = firstDates(now);
  const fields = (change: Record<string, string> = {}) => ({
    'terms.questionsUntil': toLocalInput(dates.questionsUntil),
    'terms.deadlineAt': toLocalInput(dates.deadlineAt),
    'terms.decideBy': toLocalInput(dates.decideBy),
    'terms.standstillHours': '48',
    'terms.quantityTolerancePpm': '2.5',
    'terms.inspectionDays': '14',
    'terms.acceptedIncoterms': 'FOB',
    'terms.requiredCertificates': 'ISO9001',
    otherCertificates: 'REACH, ISO9001,',
    ...change,
  });

  it('begin with dates in their order', () => {
    const { value, errors } = readRules(form(fields()), { incoterm: 'CIF' }, now);
    expect(errors).toEqual([]);
    expect(value).toMatchObject({
      ...dates,
      quantityTolerancePpm: 25_000,
      acceptedIncoterms: ['FOB'],
      requiredCertificates: ['ISO9001', 'REACH'],
    });
  });

  it('do not accept the Incoterm of the request a second time', () => {
    expect(readRules(form(fields()), { incoterm: 'FOB' }, now).value.acceptedIncoterms).toEqual([]);
  });

  it('keep the seconds of a deadline that was not touched, and refuse one out of order or in the past', () => {
    const deadlineAt = dates.deadlineAt.replace(':00.000Z', ':47.123Z');
    const same = fields({ 'terms.deadlineAt': toLocalInput(deadlineAt) });
    expect(readRules(form(same), { deadlineAt }, now).value.deadlineAt).toBe(deadlineAt);
    const past = fields({ 'terms.deadlineAt': toLocalInput('2026-11-30T12:00:00.000Z') });
    expect(pointers(readRules(form(past), undefined, now).errors)).toEqual([
      '/terms/deadlineAt',
      '/terms/questionsUntil',
    ]);
    const early = fields({ 'terms.decideBy': toLocalInput(dates.deadlineAt) });
    expect(pointers(readRules(form(early), undefined, now).errors)).toEqual(['/terms/decideBy']);
  });
});

describe('how offers are compared', () => {
  const lines: Line[] = [
    {
      ...{ lineId: 'L1', title: 'Carbonate', productType: 'lithium_carbonate', grade: 'battery', quantityKg: 1 },
      ...{ deliverFrom: '2027-03-01', deliverTo: '2027-03-31' },
    },
  ];

  it('is read exactly: money as text, rates in parts per million, shares in parts per billion', () => {
    const { value, errors } = readComparing(
      form({
        'adjustments[L1].0.analyte': 'Na',
        'adjustments[L1].0.referencePpb': '0.025',
        'adjustments[L1].0.stepPpb': '0.001',
        'adjustments[L1].0.sign': 'minus',
        'adjustments[L1].0.perStep': '12.50',
        'terms.costModel.freight.0.origin': '*',
        'terms.costModel.freight.0.perTonne': '95',
        'terms.costModel.duty.0.origin': 'CN',
        'terms.costModel.duty.0.ratePpm': '5.5',
        'terms.costModel.insurancePpm': '0.2',
        'terms.costModel.normalise': 'on',
        'terms.criteria.0.criterionId': 'C1',
        'terms.criteria.0.title': 'Carbon footprint',
        'terms.criteria.0.options.0.value': 'O1',
        'terms.criteria.0.options.0.title': 'Under 5 t',
        'terms.criteria.0.options.0.sharePpm': '5',
        'terms.otherCosts.0.costId': 'K1',
        'terms.otherCosts.0.title': '',
      }),
      lines,
      'USD',
    );
    expect(errors).toEqual([]);
    expect(value).toEqual({
      lines: [
        {
          ...lines[0],
          adjustments: [{ analyte: 'Na', referencePpb: 250_000, stepPpb: 10_000, perStep: '-12.50' }],
        },
      ],
      criteria: [
        {
          criterionId: 'C1',
          title: 'Carbon footprint',
          options: [{ value: 'O1', title: 'Under 5 t', sharePpm: 50_000 }],
        },
      ],
      otherCosts: [],
      costModel: {
        freight: [{ origin: '*', perTonne: '95' }],
        insurancePpm: 2_000,
        duty: [{ origin: 'CN', ratePpm: 55_000 }],
        financePpmPerYear: 0,
        normalise: true,
      },
    });
  });

  it('refuses qualities that are worth the whole price and an origin that is there twice', () => {
    const fields = {
      'terms.criteria.0.criterionId': 'C1',
      'terms.criteria.0.title': 'All',
      'terms.criteria.0.options.0.value': 'O1',
      'terms.criteria.0.options.0.title': 'Everything',
      'terms.criteria.0.options.0.sharePpm': '100',
      'terms.costModel.freight.0.origin': '*',
      'terms.costModel.freight.0.perTonne': '95',
      'terms.costModel.freight.1.origin': '*',
      'terms.costModel.freight.1.perTonne': '96',
    };
    expect(pointers(readComparing(form(fields), lines, 'USD').errors)).toEqual([
      '/terms/criteria',
      '/terms/costModel/freight/1/origin',
    ]);
  });
});
