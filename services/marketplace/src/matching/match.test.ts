import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Candidate, type Demand, type MatchTermName, matchSuppliers } from './match.ts';

const demand: Demand = {
  lines: [line('lithium_carbonate', 'battery', 100_000), line('lithium_hydroxide_monohydrate', 'battery', 40_000)],
  destinationCountry: 'DE',
  incoterms: ['CIF', 'FOB'],
  requiredCertificates: ['ISO9001', 'REACH'],
};

function line(productType: string, grade: string, quantityKg: number) {
  const window = { deliverFrom: new Date('2027-01-01T00:00:00Z'), deliverTo: new Date('2027-03-01T00:00:00Z') };
  return { productType, grade, quantityKg, ...window };
}

function candidate(overrides: Partial<Candidate> = {}): Candidate {
  return {
    ...{
      supplierId: 'a',
      supplierOwnerId: 'owner',
      verified: true,
      country: 'CL',
      regions: ['DE'],
      incoterms: ['CIF'],
    },
    products: [product('lithium_carbonate', 'battery'), product('lithium_hydroxide_monohydrate', 'battery')],
    certificates: [
      { kind: 'ISO9001', expiresOn: '2027-03-01' },
      { kind: 'REACH', expiresOn: '2030-01-01' },
    ],
    ...{ deliveredOrders: 10, reviewCount: 2, ratingSum: 10 },
    ...overrides,
  };
}

function product(productType: string, grade: string, capacityKgPerMonth = 1_000_000n, minLotKg = 1_000n) {
  return { productType, grade, capacityKgPerMonth, minLotKg };
}

const scores = (overrides: Partial<Candidate>, of = demand) => {
  const [match] = matchSuppliers(of, [candidate(overrides)]);
  const terms = match?.terms.map((each) => [each.term, each.score]) ?? [];
  return Object.fromEntries(terms) as Record<MatchTermName, number>;
};

describe('a match', () => {
  it('of a supplier that has everything is 1,000 of 1,000, each term with its reason', () => {
    const [match] = matchSuppliers(demand, [candidate()]);
    expect(match?.score).toBe(1_000);
    expect(match?.terms.reduce((sum, { weight }) => sum + weight, 0)).toBe(1_000);
    for (const term of match?.terms ?? []) expect(term.because).toMatch(/^[A-Z].*\.$/);
  });

  it('needs a verified supplier that lists the type and grade of a line', () => {
    const other = [product('lithium_carbonate', 'technical'), product('lithium_metal', 'battery')];
    expect(matchSuppliers(demand, [candidate({ verified: false }), candidate({ products: other })])).toEqual([]);
  });

  it('counts the lines that are sold in lots of that size', () => {
    expect(scores({ products: [product('lithium_carbonate', 'battery')] }).coverage).toBe(150);
    const large = product('lithium_carbonate', 'battery', 1_000_000n, 100_001n);
    expect(scores({ products: [large, product('lithium_hydroxide_monohydrate', 'battery')] }).coverage).toBe(150);
  });

  it('weighs what can be made inside the window of delivery', () => {
    // 60 days at 20 t a month are 40 t of 100 t, and nothing is made of the other 40 t.
    const products = [product('lithium_carbonate', 'battery', 20_000n)];
    expect(scores({ products }).capacity).toBe(Math.floor((200 * 40_000) / 140_000));
  });

  it('wants certificates that are valid until the last delivery', () => {
    const certificates = [{ kind: 'ISO9001', expiresOn: '2027-02-28' }];
    expect(scores({ certificates: [...certificates, { kind: 'REACH', expiresOn: '2027-03-01' }] }).certificates).toBe(
      75,
    );
    expect(scores({ certificates }).certificates).toBe(0);
    expect(scores({ certificates: [] }, { ...demand, requiredCertificates: [] }).certificates).toBe(150);
  });

  it('looks at where and how a supplier delivers', () => {
    expect(scores({ regions: [] }).region).toBe(0);
    expect(scores({ regions: [], country: 'DE' }).region).toBe(150);
    expect(scores({ incoterms: ['EXW'] }).incoterm).toBe(0);
  });

  it('does not hold it against a supplier that nobody has rated it', () => {
    expect(scores({ deliveredOrders: 0, reviewCount: 0, ratingSum: 0 }).performance).toBe(30);
    expect(scores({ deliveredOrders: 0, reviewCount: 1, ratingSum: 1 }).performance).toBe(10);
  });
});

describe('matches', () => {
  const candidates = Array.from({ length: 1_000 }, (_, index) =>
    candidate({
      supplierId: String(index).padStart(4, '0'),
      regions: index % 3 ? ['DE'] : [],
      deliveredOrders: index % 7,
      products: [product('lithium_carbonate', 'battery', BigInt((index * 37) % 80_000))],
    }),
  );

  it('do not depend on the order of the suppliers, and equal ones are sorted by id', () => {
    const matches = matchSuppliers(demand, candidates, 50);
    expect(matches).toHaveLength(50);
    fc.assert(
      fc.property(fc.shuffledSubarray(candidates, { minLength: 1_000 }), (shuffled) => {
        expect(matchSuppliers(demand, shuffled, 50)).toEqual(matches);
      }),
      { numRuns: 5 },
    );
    for (const [at, match] of matches.entries()) {
      const next = matches[at + 1];
      if (next) expect(match.score > next.score || match.supplierId < next.supplierId).toBe(true);
    }
  });

  it('have whole scores between nothing and the weight, which add up', () => {
    for (const { score, terms } of matchSuppliers(demand, candidates)) {
      for (const each of terms) {
        expect(Number.isInteger(each.score) && each.score >= 0 && each.score <= each.weight).toBe(true);
      }
      expect(terms.reduce((sum, each) => sum + each.score, 0)).toBe(score);
    }
  });
});
