const entered = { recorded_by: 'enterer' };
const claims = { actor: "'enterer'" };
const access = { other: 'select', operator: 'select', 'operator+actor': 'select insert', system: 'select' };

/** Who may do what to rates: an operator enters them in their own name, and nobody changes one. */
export const conversionRowSecurity = {
  fx_rate: { sample: { base: 'USD', quote: 'CNY', ...entered }, claims, access },
  vat_rate: { sample: { country: 'CN', rate: 0, ...entered }, claims, access },
};
