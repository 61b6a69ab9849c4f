const at = '2026-01-01T00:00:00Z';

/** Who may do what to which table of deals. Held by row-security.int.test.ts. */
export const rowSecurity = {
  company: { access: { operator: 'select insert' } },
  holding: {
    rows: {
      pending: {},
      verified: { status: 'verified' },
      bought: { status: 'verified', origin_deal_id: '018f0000-0000-7000-8000-000000000001' },
    },
    updates: '*',
    access: { owner_id: 'select insert', operator: 'select update' },
  },
  holding_document: { access: { owner_id: 'select insert', operator: 'select' } },
  deal: {
    sample: { closes_at: '2026-02-01T00:00:00Z' },
    rows: { draft: {}, open: { status: 'open' } },
    updates: '*',
    access: { operator: '' },
  },
  participation: {
    sample: { status: 'submitted' },
    rows: { submitted: {}, approved: { status: 'approved' }, withdrawn: { status: 'withdrawn' } },
    changes: { withdraw: { status: 'withdrawn' }, approve: { status: 'approved' } },
    updates: '*',
    access: { seller_id: '' },
  },
  commitment: {
    sample: { status: 'submitted' },
    rows: { submitted: {}, approved: { status: 'approved' }, withdrawn: { status: 'withdrawn' } },
    changes: { withdraw: { status: 'withdrawn' }, approve: { status: 'approved' } },
    updates: '*',
    access: { buyer_id: '' },
  },
  timeline: { rows: { theirs: {}, everybodys: { user_id: null } }, access: { user_id: '' } },
  settlement: { updates: '*', access: {} },
  agreement: { updates: '*', access: { seller_id: '', buyer_id: '' } },
  share_movement: { access: { seller_id: '', buyer_id: '' } },
  incident: { updates: '*', access: {} },
};
