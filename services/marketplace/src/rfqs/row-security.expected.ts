const inside = { rfq_ids: "'{' || rfq_id || '}'" };

/** Who may do what to RFQs and what belongs to them, proven by row-security.int.test.ts. */
export const rfqRowSecurity = {
  // A draft is its buyer's alone. Only time closes what was published; its buyer evaluates it from there.
  rfq: {
    rows: {
      draft: {},
      open: { status: 'published', version: 1 },
      invited: { status: 'published', version: 1, visibility: 'invited' },
      closed: { status: 'closed', version: 1, visibility: 'invited' },
    },
    changes: {
      cancel: { status: 'cancelled' },
      close: { status: 'closed' },
      evaluate: { status: 'evaluated' },
      expire: { status: 'expired' },
      hurry: { deadline_at: '2025-01-01T00:00:00Z' },
    },
    claims: { rfq_ids: "'{' || id || '}'" },
    updates:
      'cancel_reason closed_at currency deadline_at decide_by opened_at product_types public_key published_at status title updated_at version visibility',
    access: {
      buyer_id:
        'select insert(draft) update update:cancel update:close(draft,closed) update:evaluate(draft,closed) update:hurry(draft)',
      other: 'select(open)',
      'other+rfq_ids': 'select(open,invited,closed)',
      operator: 'select(open,invited,closed)',
      system: 'select update update:cancel update:close update:evaluate update:expire update:hurry',
    },
  },
  rfq_version: {
    rows: { draft: { version: 0 }, published: { version: 1 } },
    claims: inside,
    updates: 'invited_supplier_ids terms',
    access: {
      buyer_id: 'select insert update(draft)',
      'other+rfq_ids': 'select(published)',
      operator: 'select(published)',
      system: 'select',
    },
  },
  rfq_invitation: {
    access: { buyer_id: 'select insert', supplier_owner_id: 'select', operator: 'select', system: 'select' },
  },
  rfq_question: {
    rows: { asked: {}, answered: { answer: 'Yes.' } },
    claims: inside,
    updates: 'answer answered_at told_at',
    access: {
      buyer_id: 'update',
      'buyer_id+rfq_ids': 'select insert(asked) update',
      'other+rfq_ids': 'select insert(asked)',
      operator: 'select',
      system: 'select update',
    },
  },
  rfq_question_asker: { access: { asker_id: 'select insert', system: 'select' } },
  rfq_attachment: {
    claims: inside,
    access: {
      buyer_id: 'insert',
      'buyer_id+rfq_ids': 'select insert',
      'other+rfq_ids': 'select',
      operator: 'select',
      system: 'select',
    },
  },
  rfq_match: {
    access: { buyer_id: 'select', supplier_owner_id: 'select', operator: 'select', system: 'select insert' },
  },
  // Until it is opened it is its supplier's alone, and its supplier's to replace and take back.
  response: {
    rows: { sealed: {}, withdrawn: { status: 'withdrawn' }, opened: { status: 'opened', content: '{}' } },
    sample: { status: 'sealed' },
    changes: { withdraw: { status: 'withdrawn', content: null }, open: { status: 'opened', content: '{}' } },
    updates: 'acknowledged_at acknowledged_version content opened_at status withdrawal_receipt withdrawn_at',
    access: {
      supplier_owner_id: 'select insert(sealed) update(sealed) update:withdraw(sealed) lock(withdrawn,opened)',
      buyer_id: 'select(opened)',
      operator: 'select(opened)',
      system: 'select update update:withdraw update:open',
    },
  },
};
