/** Who may do what to the tables of auctions. */
export const auctionRowSecurity = {
  // Everybody sees them, signed in or not; secrets are kept elsewhere. The platform runs them, the owner may call them off.
  auction: {
    rows: { scheduled: { status: 'scheduled' }, open: { status: 'open' }, cancelled: { status: 'cancelled' } },
    changes: { cancel: { status: 'cancelled' } },
    updates: 'bidders closes_at head_hash live sequence settled_at status wake_at writer writer_epoch writer_until',
    access: {
      owner_id: 'select insert(scheduled) update(cancelled) update:cancel lock(scheduled,open)',
      nobody: 'select',
      anonymous: 'select',
      other: 'select',
      operator: 'select',
      service: 'select',
      definer: 'select',
      system: 'select update update:cancel',
    },
  },
  // With the reserve.
  auction_terms: {
    access: { owner_id: 'select insert', operator: 'select', system: 'select' },
  },
  auction_participant: {
    rows: { pending: { status: 'pending' }, admitted: { status: 'admitted' } },
    updates: 'joined_at status',
    access: { bidder_id: 'select', operator: 'select', system: 'select insert(pending) update' },
  },
  // With every bidder's limits; nobody changes one.
  auction_entry: {
    access: { bidder_id: 'select', operator: 'select', system: 'select insert' },
  },
  auction_award: {
    rows: { offered: { status: 'offered' }, accepted: { status: 'accepted' }, lapsed: { status: 'lapsed' } },
    changes: { accept: { status: 'accepted' } },
    updates: 'ended_at followed_at order_id status',
    access: {
      bidder_id: 'select lock(offered) update:accept(offered)',
      owner_id: 'select',
      operator: 'select',
      system: 'select insert(offered) update update:accept',
    },
  },
};
