import { deadEnds, unreachableStates } from '@clearlot/kernel';
import { describe, expect, it } from 'vitest';
import {
  checkIdentity,
  onboarding,
  reviewed,
  type SupplierStatus,
  submitted,
  supplierTransitions,
  suspended,
} from './supplier.ts';

const code = (expected: string) => expect.objectContaining({ code: expected });
const wrongStatus = code('MARKETPLACE_SUPPLIER_WRONG_STATUS');
const complete = { status: 'draft' as SupplierStatus, regions: ['US'], incoterms: ['FOB'], evidenceCount: 1 };
const statuses = Object.keys(supplierTransitions) as SupplierStatus[];

describe('the states of a supplier', () => {
  it('can all be reached, and from all of them a supplier can come to be verified', () => {
    expect(unreachableStates(supplierTransitions, 'draft')).toEqual([]);
    expect(deadEnds(supplierTransitions, ['verified'])).toEqual([]);
  });

  it('are decided by a review only while submitted', () => {
    expect([reviewed('submitted', true), reviewed('submitted', false)]).toEqual(['verified', 'rejected']);
    for (const from of statuses.filter((each) => each !== 'submitted')) {
      expect(() => reviewed(from, true), from).toThrow(wrongStatus);
      expect(() => reviewed(from, false), from).toThrow(wrongStatus);
    }
  });

  it('are suspended from verified and let back from suspended only: it is no way around a review', () => {
    expect([suspended('verified', true), suspended('suspended', false)]).toEqual(['suspended', 'verified']);
    for (const from of statuses) {
      if (from !== 'verified') expect(() => suspended(from, true), from).toThrow(wrongStatus);
      if (from !== 'suspended') expect(() => suspended(from, false), from).toThrow(wrongStatus);
    }
  });
});

describe('an application', () => {
  it('is handed in when complete, also again after it was rejected', () => {
    expect(submitted(complete)).toBe('submitted');
    expect(submitted({ ...complete, status: 'rejected' })).toBe('submitted');
    for (const status of ['submitted', 'verified', 'suspended'] as const) {
      expect(() => submitted({ ...complete, status }), status).toThrow(wrongStatus);
    }
  });

  it('is refused naming everything that is missing', () => {
    expect(() => submitted({ ...complete, regions: [], evidenceCount: 0 })).toThrow(
      expect.objectContaining({ code: 'MARKETPLACE_SUPPLIER_INCOMPLETE', params: { missing: 'regions, evidence' } }),
    );
    expect(() => submitted({ ...complete, incoterms: [] })).toThrow(
      expect.objectContaining({ params: { missing: 'incoterms' } }),
    );
  });

  it('tells how far it is and what is next', () => {
    const progress = (change: Partial<typeof complete>) => {
      const { completePercent, nextStep } = onboarding({ ...complete, ...change });
      return [completePercent, nextStep];
    };
    expect(progress({ regions: [], incoterms: [], evidenceCount: 0 })).toEqual([16, 'regions']);
    expect(progress({ incoterms: [] })).toEqual([50, 'incoterms']);
    expect(progress({})).toEqual([66, 'submitted']);
    expect(progress({ status: 'submitted' })).toEqual([83, 'verified']);
    expect(progress({ status: 'rejected' })).toEqual([66, 'submitted']);
    expect(progress({ status: 'suspended' })).toEqual([83, 'verified']);
    expect(progress({ status: 'verified' })).toEqual([100, null]);
  });
});

describe('name and country', () => {
  const named = { legalName: 'Salar SpA', country: 'CL' };

  it('change freely while nobody was shown them, and not after', () => {
    for (const status of ['draft', 'rejected'] as const) {
      expect(() => checkIdentity({ status, ...named }, { ...named, country: 'AR' })).not.toThrow();
    }
    for (const status of ['submitted', 'verified', 'suspended'] as const) {
      expect(() => checkIdentity({ status, ...named }, named)).not.toThrow();
      for (const change of [{ legalName: 'Other' }, { country: 'AR' }]) {
        expect(() => checkIdentity({ status, ...named }, { ...named, ...change })).toThrow(
          code('MARKETPLACE_SUPPLIER_IDENTITY_FIXED'),
        );
      }
    }
  });
});
