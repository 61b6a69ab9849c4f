/** Who may do what to trade routes. */
export const arbitrageRowSecurity = {
  trade_route: {
    sample: { code: 'ROUTE-1', updated_by: 'changer' },
    claims: { actor: "'changer'" },
    updates: 'allow_uncovered_lag assumptions enabled forward lag_days name updated_at updated_by',
    access: {
      other: 'select',
      operator: 'select lock',
      'operator+actor': 'select insert update',
      system: 'select',
    },
  },
};
