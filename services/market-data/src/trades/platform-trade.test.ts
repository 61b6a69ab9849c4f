import { describe, expect, it } from 'vitest';
import { codeOf } from '../instruments/instrument.ts';
import { basisOf, nameOf, tradesOfAuction, tradesOfContract } from './platform-trade.ts';
import { contractOf, lotOf } from './trades.fixture.ts';

const at = new Date('2026-11-24T09:00:00Z');
const pricedAs = (event: ReturnType<typeof contractOf>) =>
  tradesOfContract(event, at).map((each) => [codeOf(basisOf(each)), each.priceMicros]);

describe('a contract', () => {
  it('is one trade for each line, between its buyer and its seller, when it was asked for', () => {
    const event = contractOf({}, {}, { quantityKg: 5_000n, priceMinorPerTonne: 1_150_050n, grade: 'technical' });
    const { contractId, buyerId, sellerId } = event;
    const terms = { incoterm: 'FOB', currency: 'USD', unit: 't', product: 'lithium_carbonate' };
    const parties = { contractId, buyerId, sellerId, tradedAt: at, ...terms };
    expect(tradesOfContract(event, at)).toEqual([
      { ...parties, tradeId: `${contractId}/L1`, grade: 'battery', quantityKg: 20_000n, priceMicros: 12_000_000_000n },
      { ...parties, tradeId: `${contractId}/L2`, grade: 'technical', quantityKg: 5_000n, priceMicros: 11_500_500_000n },
    ]);
  });

  it('is priced by the instrument of its product, grade, term, currency and unit, without tax, anywhere', () => {
    expect(pricedAs(contractOf({ incoterm: 'CIF' }))).toEqual([
      ['CARBONATE-BATTERY-GLOBAL-CIF-USD-T', 12_000_000_000n],
    ]);
    const ore = { productType: 'spodumene_concentrate', grade: 'concentrate', priceMinorPerTonne: 90_050n };
    expect(pricedAs(contractOf({}, { ...ore, basis: 'dry' }, { ...ore, basis: 'wet' }))).toEqual([
      ['SPODUMENE-CONCENTRATE-GLOBAL-FOB-USD-DMT', 900_500_000n],
      ['SPODUMENE-CONCENTRATE-GLOBAL-FOB-USD-WMT', 900_500_000n],
    ]);
  });

  it('has prices in the digits of its currency', () => {
    const priceOf = (currency: string) => pricedAs(contractOf({ currency }))[0]?.[1];
    expect(priceOf('JPY')).toBe(1_200_000_000_000n);
    expect(priceOf('KWD')).toBe(1_200_000_000n);
    expect(priceOf('CLF')).toBe(120_000_000n);
  });

  it.each([
    ['a product without a price of ours', { productType: 'lithium_brine' }],
    ['a grade nobody knows', { grade: 'superb' }],
    ['ore that is neither dry nor wet', { productType: 'spodumene_concentrate', basis: '' }],
    ['no quantity', { quantityKg: 0n }],
    ['no price', { priceMinorPerTonne: 0n }],
    ['a price above what is recorded', { priceMinorPerTonne: 10n ** 11n + 1n }],
  ])('with a line of %s keeps that line out', (_what, line) => {
    const ids = tradesOfContract(contractOf({}, line, {}), at).map(({ tradeId }) => tradeId.split('/')[1]);
    expect(ids).toEqual(['L2']);
  });
});

describe('an auction', () => {
  it.each([
    ...['english', 'dutch', 'sealed_first', 'sealed_second', 'japanese'].map((format) => [format, 'sells'] as const),
    ...['reverse', 'meat_rounds'].map((format) => [format, 'buys'] as const),
  ])('in the format %s is a trade in which its owner %s', (format, does) => {
    const lot = lotOf(at, { format });
    const { auctionId: tradeId, ownerId, winnerId } = lot;
    const sides =
      does === 'sells' ? { buyerId: winnerId, sellerId: ownerId } : { buyerId: ownerId, sellerId: winnerId };
    expect(tradesOfAuction(lot)).toEqual([
      {
        ...{ tradeId, contractId: null, ...sides, tradedAt: at, quantityKg: 20_000n, priceMicros: 12_000_000_000n },
        ...{ product: 'lithium_carbonate', grade: 'battery', incoterm: 'FOB', currency: 'USD', unit: 't' },
      },
    ]);
  });

  it.each([
    ['that is not over', { status: 'scheduled' }],
    ['that was called off', { status: 'cancelled' }],
    ['that sold nothing', { priceMinorPerTonne: undefined, winnerId: undefined }],
    ['that does not say on which terms', { incoterm: undefined }],
    ['of ore, neither dry nor wet', { productType: 'spodumene_concentrate', basis: undefined }],
  ])('%s is no trade', (_what, fields) => {
    expect(tradesOfAuction(lotOf(at, fields))).toEqual([]);
  });
});

it('an instrument of trades is called what it is', () => {
  const [trade] = tradesOfContract(contractOf(), at);
  if (!trade) throw new Error('no trade');
  expect(nameOf(basisOf(trade))).toBe('Lithium carbonate, battery grade, FOB worldwide, USD per t');
  const ore = basisOf({ ...trade, product: 'spodumene_concentrate', grade: 'concentrate', unit: 'dmt' });
  expect(nameOf(ore)).toBe('Spodumene concentrate, FOB worldwide, USD per dmt');
});
