/** Who may do what to products, proven by row-security.int.test.ts. */
export const productRowSecurity = {
  // The owning role finds ids for the search.
  product: {
    rows: {
      own: {},
      shown: { status: 'listed', supplier_verified: true },
      unlisted: { status: 'unlisted', supplier_verified: true },
    },
    updates:
      'assay basis capacity_kg_per_month currency description grade indicative_price_minor_per_tonne min_lot_kg origin_country packaging product_type status supplier_name supplier_verified title updated_at',
    access: {
      owner_id: 'select insert update',
      other: 'select(shown)',
      operator: 'select update',
      system: 'select',
      definer: 'select',
    },
  },
};
