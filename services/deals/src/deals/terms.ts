/** The terms of taking part and the risk disclosures that `acceptTerms` stands for; recorded with every acceptance. */
export const termsVersion = '2026-11';

/** Shown with every deal, before anyone commits. */
export const riskDisclosures = [
  'Private shares are illiquid: there may be no buyer when you want to sell.',
  'You may lose the whole amount.',
  'Information about a private company is limited and may be out of date.',
  'The price is negotiated and may differ from later prices or valuations.',
];
