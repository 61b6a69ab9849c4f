/** Who may do what to own trades: system tasks alone, and what is decided stays decided. */
export const tradeRowSecurity = {
  trade: {
    sample: { quantity_kg: 1, price_micros: 1, window_start: '2026-11-16', window_end: '2026-11-23' },
    rows: { pending: { status: 'pending' }, decided: { status: 'published', decided_at: '2026-11-24' } },
    updates: 'decided_at status',
    // Not even who made the trade reads it here.
    access: { buyer_id: '', seller_id: '', system: 'select insert(pending) update(pending) lock(decided)' },
  },
};
