import { describe, expect, test } from 'vitest';
import { DomainError, errorTable, isDomainError, kernelErrors } from './errors.ts';

const table = errorTable({
  DEALS_DEAL_MISSING: ['missing', 'There is no such deal'],
  DEALS_COMMITMENT_BELOW_MINIMUM: ['invalid', 'The commitment is below the minimum ticket'],
});

describe('errorTable', () => {
  test('gives the error its kind and title, and the title as detail when none is given', () => {
    const error = table.error('DEALS_DEAL_MISSING');
    expect(error).toMatchObject({
      name: 'DomainError',
      code: 'DEALS_DEAL_MISSING',
      kind: 'missing',
      title: 'There is no such deal',
      detail: 'There is no such deal',
      errors: [],
      message: 'DEALS_DEAL_MISSING: There is no such deal',
    });
    expect('params' in error).toBe(false);
  });

  test('keeps detail, field errors and params', () => {
    const errors = [{ pointer: '/commitmentAmount', message: 'at least 25000' }];
    const error = table.error('DEALS_COMMITMENT_BELOW_MINIMUM', 'Too small', errors, { minimum: '25000' });
    expect(error).toMatchObject({ detail: 'Too small', title: 'The commitment is below the minimum ticket', errors });
    expect(error.params).toEqual({ minimum: '25000' });
    expect(error.message).toBe('DEALS_COMMITMENT_BELOW_MINIMUM: Too small');
  });

  test('refuses a code that is not in the table, also names every object has', () => {
    expect(() => table.error('NOPE' as 'DEALS_DEAL_MISSING')).toThrow(TypeError);
    expect(() => table.error('constructor' as 'DEALS_DEAL_MISSING')).toThrow(TypeError);
  });
});

describe('isDomainError', () => {
  test('knows an error made by another copy of the module', async () => {
    const copy = (await import(/* @vite-ignore */ `./errors.ts?copy=${Date.now()}`)) as typeof import('./errors.ts');
    const foreign = copy.kernelErrors.error('MONEY_INVALID');
    expect(copy.DomainError).not.toBe(DomainError);
    expect(foreign).not.toBeInstanceOf(DomainError);
    expect(isDomainError(foreign)).toBe(true);
  });

  test('refuses look-alikes', () => {
    const own = kernelErrors.error('MONEY_INVALID');
    expect(isDomainError(own)).toBe(true);
    for (const other of [
      null,
      undefined,
      'MONEY_INVALID',
      new Error('x'),
      { ...own },
      Object.assign(new Error(), own),
    ]) {
      expect(isDomainError(other)).toBe(false);
    }
  });
});
