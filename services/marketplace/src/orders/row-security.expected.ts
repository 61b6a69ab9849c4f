const at = '2026-03-01T00:00:00Z';

/** Who may do what to the tables of orders. */
export const orderRowSecurity = {
  // Its sides move an order along; only payments says what its money did, and so when it is funded or complete.
  purchase_order: {
    rows: { confirmed: { status: 'confirmed' }, funded: { status: 'funded' } },
    changes: {
      cancel: { status: 'cancelled' },
      fund: { status: 'funded', funded_at: at },
      complete: { status: 'released' },
      book: { released_minor: 1 },
    },
    updates: 'deadline_at funded_at refund_started_at refunded_minor released_minor status updated_at',
    access: {
      buyer_id: 'select insert(confirmed) update update:cancel',
      supplier_owner_id: 'select insert(confirmed) update update:cancel',
      operator: 'select update update:cancel',
      system: 'select insert(confirmed) update update:cancel update:fund update:complete update:book',
    },
  },
  order_line: {
    access: {
      buyer_id: 'select insert',
      supplier_owner_id: 'select insert',
      operator: 'select',
      system: 'select insert',
    },
  },
  // The supplier ships and contests; what arrived is the buyer's word, what was paid is payments'.
  delivery: {
    rows: {
      shipped: { status: 'shipped' },
      inspected: { status: 'inspected' },
      disputed: { status: 'disputed' },
      releasing: { status: 'releasing' },
    },
    changes: {
      arrive: { status: 'delivered', delivered_at: at },
      contest: { status: 'disputed' },
      accept: { status: 'releasing', release_minor: 1 },
      release: { status: 'released', released_at: at },
    },
    updates:
      'accepted_at deadline_at delivered_at inspected_at inspection paid_at payable_minor refund_minor release_minor released_at settlement status',
    access: {
      buyer_id:
        'select update(shipped,inspected,disputed) lock(releasing) update:arrive(shipped,inspected,disputed) update:contest(shipped,inspected,disputed) update:accept(shipped,inspected,disputed)',
      supplier_owner_id:
        'select insert(shipped) update(disputed) lock(shipped,inspected,releasing) update:arrive(disputed) update:contest(shipped,inspected,disputed) update:accept(disputed)',
      operator: 'select update update:arrive update:contest update:accept',
      system: 'select update update:arrive update:contest update:accept update:release',
    },
  },
  order_document: {
    access: { buyer_id: 'select', supplier_owner_id: 'select', uploader_id: 'insert', operator: 'select' },
  },
  // A dispute that is over stays over; an operator's word is an operator's.
  dispute: {
    rows: {
      buyers: { opened_by: 'buyer', status: 'open' },
      suppliers: { opened_by: 'supplier', status: 'open' },
      over: { opened_by: 'buyer', status: 'withdrawn' },
    },
    changes: {
      agree: { status: 'resolved', resolved_by: 'agreement' },
      decide: { status: 'resolved', resolved_by: 'operator' },
    },
    updates: 'proposed_by proposed_release_minor refund_minor release_minor resolution resolved_at resolved_by status',
    access: {
      buyer_id: 'select insert(buyers) update(buyers,suppliers) lock(over) update:agree(buyers,suppliers)',
      supplier_owner_id: 'select insert(suppliers) update(buyers,suppliers) lock(over) update:agree(buyers,suppliers)',
      operator:
        'select update(buyers,suppliers) lock(over) update:agree(buyers,suppliers) update:decide(buyers,suppliers)',
    },
  },
  order_step: {
    access: {
      buyer_id: 'select insert',
      supplier_owner_id: 'select insert',
      operator: 'select insert',
      system: 'insert',
    },
  },
  order_incident: {
    sample: { kind: 'deadline_missed' },
    updates: 'resolved_at',
    access: { operator: 'select', system: 'select insert update' },
  },
};
