/** Who may do what to awards and contracts, proven by row-security.int.test.ts. */
export const awardRowSecurity = {
  // A buyer decides, and may take it back until the standstill is over; the rest happens by time and signatures.
  award: {
    rows: { standstill: {}, contracting: { status: 'contracting' } },
    sample: { status: 'standstill', mode: 'whole' },
    changes: { cancel: { status: 'cancelled' }, contract: { status: 'contracting' } },
    updates: 'ended_at status',
    access: {
      buyer_id: 'select insert(standstill) lock update:cancel(standstill)',
      system: 'select update update:cancel update:contract',
    },
  },
  award_item: {
    access: { buyer_id: 'select insert', supplier_owner_id: 'select', system: 'select' },
  },
  award_notice: {
    updates: 'revoked_at',
    access: { buyer_id: 'select insert update', supplier_owner_id: 'select', system: 'select update' },
  },
  contract: {
    updates: 'buyer_signed_at document_id seller_signed_at status updated_at',
    access: { buyer_id: 'select', supplier_owner_id: 'select', system: 'select insert update' },
  },
};
