/** Countries of the named regions, ISO 3166-1 alpha-2. GLOBAL is every country. */
const countriesOf: Readonly<Record<string, readonly string[]>> = {
  CJK: ['CN', 'JP', 'KR'],
  // Member states since 1 February 2020.
  EU: [
    ...['AT', 'BE', 'BG', 'CY', 'CZ', 'DE', 'DK', 'EE', 'ES', 'FI', 'FR', 'GR', 'HR', 'HU'],
    ...['IE', 'IT', 'LT', 'LU', 'LV', 'MT', 'NL', 'PL', 'PT', 'RO', 'SE', 'SI', 'SK'],
  ],
};

/** A price in `country` is one in `region`. Not the other way round: a region's price is of no country in particular. */
export function covers(region: string, country: string): boolean {
  return region === country || region === 'GLOBAL' || (countriesOf[region]?.includes(country) ?? false);
}
