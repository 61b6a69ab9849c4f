const range = { low_micros: 1, mid_micros: 2, high_micros: 3 };
const decided = { status: 'approved', decided_by: 'decider' };

/** Who may do what to how sources are fetched, what is kept back of them and what operators enter. */
export const sourceRowSecurity = {
  source_schedule: {
    sample: { every_ms: 60_000 },
    updates: 'due_at every_ms lease_until rules settings updated_at',
    access: { operator: 'select insert update', system: 'select insert update' },
  },
  source_health: {
    updates: 'error_code error_detail failures last_attempt_at last_success_at newest_valid_at',
    access: { other: 'select', operator: 'select insert update', system: 'select insert update' },
  },
  source_delivery: { access: { operator: 'select insert', system: 'select insert' } },
  // An operator decides in their own name, and what is decided stays decided.
  quarantine: {
    sample: { ...range, reasons: '{outlier}' },
    rows: { pending: { status: 'pending' }, decided },
    claims: { actor: "'decider'" },
    changes: { approve: decided },
    updates: 'decided_at decided_by decision status',
    access: {
      operator: 'select insert(pending) lock',
      'operator+actor': 'select insert(pending) lock update:approve(pending)',
      system: 'select insert(pending)',
    },
  },
  // One operator enters, another decides.
  price_entry: {
    sample: { ...range, doubts: '{}', entered_by: 'somebody' },
    rows: {
      own: { status: 'proposed', entered_by: 'enterer' },
      others: { status: 'proposed' },
      decided: { ...decided, entered_by: 'enterer' },
    },
    claims: { actor: "case entered_by when 'enterer' then 'enterer' else 'decider' end" },
    changes: { approve: decided },
    updates: 'decided_at decided_by decision status',
    access: {
      operator: 'select lock',
      'operator+actor': 'select insert(own) lock update:approve(others)',
    },
  },
  source_incident: {
    updates: 'detail resolved_at',
    access: { operator: 'select insert update', system: 'select insert update' },
  },
};
