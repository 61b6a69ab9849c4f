/** Who may do what to reviews, proven by row-security.int.test.ts. */
export const reviewRowSecurity = {
  // Everybody reads them, signed in or not.
  review: {
    updates: 'communication delivery quality rating text updated_at',
    access: {
      author_id: 'select insert update',
      anonymous: 'select',
      other: 'select',
      operator: 'select',
      service: 'select',
      system: 'select',
    },
  },
};
