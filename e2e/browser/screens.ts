/** The main screens of each role and what stands above them. */
export const screensOf = {
  seller: [
    ['/deals', 'Open deals'],
    ['/settings', 'Profile and sessions'],
    ['/market', 'Market'],
  ],
  buyer: [
    ['/deals', 'Open deals'],
    ['/suppliers', 'Suppliers'],
    ['/products', 'Products'],
    ['/quotes', 'Quotes'],
  ],
} as const;
