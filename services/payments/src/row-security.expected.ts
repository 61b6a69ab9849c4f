const party = '018f0000-0000-7000-8000-00000000000c';

/** Read by whoever handles money; written by nobody but the ledger's own functions, which run as the owner. */
const ledger = { definer: 'select insert lock', operator: 'select', service: 'select', system: 'select' };

/** Who may do what to the tables of payments, proven by row-security.int.test.ts. */
export const rowSecurity = {
  account: {
    changes: { move: { debits_minor: 1, credits_minor: 1 } },
    access: { ...ledger, definer: 'select insert lock update:move' },
  },
  journal: { access: ledger },
  hold: {
    changes: { capture: { captured_minor: 1 } },
    access: { ...ledger, definer: 'select insert lock update:capture' },
  },
  entry: { access: ledger },
  seal: { access: ledger },
  seal_fence: { access: { definer: 'select insert update delete' } },
  escrow: {
    updates: 'cancelled_at released_at status',
    access: { operator: 'select lock', service: 'select insert update', system: 'select insert update' },
  },
  payment: {
    rows: {
      funding: { type: 'incoming', purpose: 'funding', commitment_id: party },
      top_up: { type: 'incoming', purpose: 'top_up', commitment_id: party },
      booked: { type: 'incoming', purpose: 'top_up', commitment_id: party, status: 'partial' },
      payout: { type: 'outgoing', purpose: 'payout', participation_id: party },
      refund: { type: 'outgoing', purpose: 'refund', commitment_id: party },
    },
    changes: { cancel: { status: 'cancelled' } },
    updates: 'confirmed_at confirmed_minor status surplus_minor',
    access: {
      user_id: 'select insert(top_up)',
      operator: 'select insert(refund) update update:cancel',
      service: 'select insert(payout,refund)',
      system: 'select insert lock(top_up,booked,payout,refund) update(funding) update:cancel',
    },
  },
  wire: {
    claims: { actor: 'recorded_by' },
    access: {
      user_id: 'select',
      operator: 'select',
      'operator+actor': 'select insert',
      service: 'select',
      system: 'select',
      'system+actor': 'select insert',
    },
  },
  balance: {
    access: { user_id: 'select', operator: 'select', service: 'select', system: 'select insert' },
  },
  deposit: {
    rows: {
      held: { status: 'held', ended_at: null },
      released: { status: 'released', ended_at: '2026-11-24T09:00:00Z' },
    },
    updates: 'ended_at order_id status',
    access: { user_id: 'select', operator: 'select', service: 'select insert(held)', system: 'select update' },
  },
  escrow_release: { access: { operator: 'select', service: 'select insert', system: 'select insert' } },
  escrow_part: { access: { operator: 'select', system: 'select insert' } },
  rpc_answer: { claims: { actor: 'caller' }, access: { 'service+actor': 'select insert' } },
};
