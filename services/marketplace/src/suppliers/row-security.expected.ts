const kept = { operator: 'select', system: 'select' };

/** Who may do what to suppliers and what they prove, proven by row-security.int.test.ts. */
export const supplierRowSecurity = {
  // An owner says who it is and hands that in; only an operator makes it a supplier that others see.
  supplier: {
    rows: {
      draft: {},
      submitted: { status: 'submitted' },
      rejected: { status: 'rejected' },
      verified: { status: 'verified' },
      suspended: { status: 'suspended' },
      boastful: { status: 'draft', delivered_orders: 1 },
    },
    changes: {
      rename: { legal_name: 'another' },
      submit: { status: 'submitted' },
      verify: { status: 'verified' },
      note: { notes: 'another' },
      boast: { delivered_orders: 9 },
    },
    updates:
      'about capabilities country decided_at delivered_orders incoterms legal_name notes regions status submitted_at updated_at website',
    access: {
      owner_id:
        'select insert(draft) update update:rename(draft,rejected,boastful) update:submit(draft,submitted,rejected,boastful) update:verify(verified)',
      other: 'select(verified)',
      operator: 'select update update:rename update:submit update:verify update:note update:boast',
      system: 'select update update:rename update:submit update:verify update:note update:boast',
    },
  },
  supplier_certificate: {
    sample: { expires_on: '2026-06-01' },
    rows: { own: {}, shown: { supplier_verified: true } },
    updates: 'supplier_verified',
    access: { ...kept, owner_id: 'select insert', other: 'select(shown)', operator: 'select update' },
  },
  supplier_document: { access: { ...kept, owner_id: 'select insert' } },
};
