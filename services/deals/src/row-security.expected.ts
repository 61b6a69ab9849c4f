const deal = '018f0000-0000-7000-8000-00000000000d';

const progress = {
  rows: { submitted: {}, approved: { status: 'approved' }, allocated: { status: 'allocated' } },
  changes: { withdraw: { status: 'withdrawn' }, approve: { status: 'approved' } },
};

/** Who may do what to the tables of deals, proven by row-security.int.test.ts. */
export const rowSecurity = {
  company: {
    access: { anonymous: 'select', other: 'select', operator: 'select insert', service: 'select', system: 'select' },
  },
  // An owner states shares and has them set aside; only an operator verifies them and only a settlement moves them.
  holding: {
    rows: {
      pending: {},
      verified: { status: 'verified' },
      claimed: { status: 'pending', origin_deal_id: deal },
      bought: { status: 'verified', origin_deal_id: deal },
    },
    changes: { reserve: { reserved: 1 }, verify: { status: 'verified' }, move: { quantity: 2 } },
    updates: 'notes quantity reserved status updated_at',
    access: {
      owner_id: 'select insert(pending) update update:reserve',
      operator: 'select update update:reserve update:verify update:move',
      system: 'select insert(bought) update update:reserve update:verify update:move',
    },
  },
  holding_document: { access: { owner_id: 'select insert', operator: 'select' } },
  deal: {
    sample: { closes_at: '2026-02-01T00:00:00Z' },
    rows: { draft: {}, open: { status: 'open' } },
    changes: { lock: { status: 'locked' }, settle: { status: 'settled' } },
    updates: 'price_minor status',
    access: {
      other: 'select(open)',
      operator: 'select insert(draft) update update:lock update:settle',
      service: 'select(open)',
      system: 'select lock update:settle',
    },
  },
  // Until it is allocated its seller may take an offer back; nothing else is theirs to change.
  participation: {
    ...progress,
    sample: { status: 'submitted' },
    updates: 'allocated_shares approved_shares notes proceeds_minor reserved_shares status updated_at',
    access: {
      seller_id: 'select insert(submitted) lock update:withdraw(submitted,approved)',
      operator: 'select update update:approve update:withdraw',
      system: 'select update update:approve update:withdraw',
    },
  },
  commitment: {
    ...progress,
    sample: { status: 'submitted' },
    updates: 'allocated_minor allocated_shares notes status updated_at',
    access: {
      buyer_id: 'select insert(submitted) lock update:withdraw(submitted,approved)',
      operator: 'select update update:approve update:withdraw',
      system: 'select update update:approve update:withdraw',
    },
  },
  timeline: {
    rows: { submitted: { status: 'submitted' }, paid: { status: 'paid' }, everybodys: { user_id: null } },
    access: {
      user_id: 'select insert(submitted)',
      other: 'select(everybodys)',
      operator: 'select insert',
      system: 'insert',
    },
  },
  settlement: {
    updates: 'blocked_reason deadline_at state updated_at',
    access: { operator: 'select insert update', system: 'select update' },
  },
  // Made when a deal is locked, signed by what documents tells.
  agreement: {
    updates: 'buyer_signed_at document_id seller_signed_at',
    access: { seller_id: 'select', buyer_id: 'select', operator: 'select insert', system: 'select update' },
  },
  share_movement: {
    access: { seller_id: 'select', buyer_id: 'select', operator: 'select', system: 'select insert' },
  },
  incident: {
    updates: 'resolved_at',
    access: { operator: 'select insert update', system: 'select insert update' },
  },
};
