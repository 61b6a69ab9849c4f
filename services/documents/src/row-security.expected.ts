const at = '2026-01-01T00:00:00Z';

/** Who may do what to the tables of documents, proven by row-security.int.test.ts. */
export const rowSecurity = {
  // A file opens to people with whom a share of it was found in the same transaction.
  file: {
    claims: { shared_files: "'{' || id || '}'" },
    access: { owner_id: 'select', 'other+shared_files': 'select', operator: 'select', service: 'select insert' },
  },
  file_share: {
    rows: { named: {}, everybody: { reader_id: null } },
    access: { reader_id: 'select', other: 'select(everybody)', service: 'select insert' },
  },
  settlement_package: {
    updates: 'status void_reason voided_at',
    access: { operator: 'select', system: 'select insert update' },
  },
  // A party signs for itself, while there is something to sign.
  agreement: {
    sample: { kind: 'supply', terms: '{}' },
    rows: {
      sent: { status: 'sent' },
      signed: { status: 'signed', seller_signed_at: at, buyer_signed_at: at, completed_at: at },
      voided: { status: 'voided', voided_at: at },
    },
    changes: {
      signAsSeller: { seller_signed_at: '2026-01-02T00:00:00Z' },
      signAsBuyer: { buyer_signed_at: '2026-01-02T00:00:00Z' },
      void: { status: 'voided', voided_at: at },
    },
    updates:
      'buyer_signed_at completed_at final_claimed_until final_stored_at seller_signed_at status void_reason voided_at',
    access: {
      seller_id: 'select lock(signed,voided) update(sent) update:signAsSeller(sent)',
      buyer_id: 'select lock(signed,voided) update(sent) update:signAsBuyer(sent)',
      operator: 'select',
      service: 'select',
      system: 'select insert update update:signAsSeller update:signAsBuyer update:void',
    },
  },
  agreement_pdf: { access: { seller_id: 'select', buyer_id: 'select', operator: 'select', system: 'insert' } },
  signature: {
    rows: {
      sellers: { signer_role: 'seller', signer_id: { as: 'seller_id' } },
      buyers: { signer_role: 'buyer', signer_id: { as: 'buyer_id' } },
    },
    access: {
      seller_id: 'select insert(sellers)',
      buyer_id: 'select insert(buyers)',
      operator: 'select',
      service: 'select',
      system: 'select',
    },
  },
  // Nobody writes into the trail what somebody else did.
  document_event: {
    rows: {
      stored: { kind: 'stored' },
      issued: { kind: 'issued' },
      viewed: { kind: 'viewed' },
      signed: { kind: 'signed' },
      completed: { kind: 'completed' },
      voided: { kind: 'voided' },
    },
    claims: { actor: 'actor_id' },
    access: {
      owner_id: 'select',
      seller_id: 'select insert(completed)',
      'seller_id+actor': 'select insert(viewed,signed,completed)',
      buyer_id: 'select insert(completed)',
      'buyer_id+actor': 'select insert(viewed,signed,completed)',
      operator: 'select',
      service: 'insert(stored)',
      system: 'select insert(issued,voided)',
    },
  },
  // A service keeps and opens seals; nobody has one open earlier than it was to, or again differently.
  seal: {
    sample: { opens_at: at },
    rows: { closed: {}, opened: { opened_at: at } },
    changes: {
      hasten: { opens_at: '2025-12-31T00:00:00Z' },
      extend: { opens_at: '2026-01-02T00:00:00Z' },
      open: { opened_at: '2026-01-03T00:00:00Z' },
    },
    updates: 'opened_at opens_at private_key_sealed',
    access: { service: 'select insert update update:extend(closed) update:open(closed)' },
  },
};
