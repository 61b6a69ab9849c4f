/** Who may do what to the tables of quotes. */
export const quoteRowSecurity = {
  // Whoever's turn it is answers; what has ended stays as it is.
  quote: {
    rows: { requested: {}, quoted: { status: 'quoted' }, expired: { status: 'expired' } },
    changes: { accept: { status: 'accepted' }, expire: { status: 'expired' } },
    updates: 'expires_at order_id round status turn updated_at',
    access: {
      buyer_id:
        'select insert(requested) lock(expired) update(requested,quoted) update:accept(requested,quoted) update:expire(requested,quoted)',
      supplier_owner_id:
        'select lock(expired) update(requested,quoted) update:accept(requested,quoted) update:expire(requested,quoted)',
      operator: 'select',
      system: 'select lock update:expire(requested,quoted)',
    },
  },
  quote_offer: {
    rows: { suppliers: { made_by: 'supplier' }, buyers: { made_by: 'buyer' } },
    access: {
      buyer_id: 'select insert(buyers)',
      supplier_owner_id: 'select insert(suppliers)',
      operator: 'select',
    },
  },
};
