const retracted = { status: 'retracted', retracted_by: 'retractor', retracted_at: '2026-11-24T00:00:00Z' };

/** Who may do what to daily summaries: a system task publishes, an operator takes back, once. */
export const summaryRowSecurity = {
  summary_task: {
    updates: 'attempts due_at wanted_revision written_revision',
    access: { operator: 'select update', system: 'select insert update' },
  },
  market_summary: {
    rows: { published: { status: 'published' }, retracted },
    claims: { actor: "'retractor'" },
    changes: { retract: retracted },
    updates: 'retracted_at retracted_by retraction_reason status',
    access: {
      other: 'select(published)',
      operator: 'select lock',
      'operator+actor': 'select lock update:retract(published)',
      system: 'select insert(published)',
    },
  },
};
