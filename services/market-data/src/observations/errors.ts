import { errorTable } from '@clearlot/kernel';

/** Expected failures around observations and what is asked of them. */
export const observationErrors = errorTable({
  MARKET_OBSERVATION_INVALID: ['invalid', 'The figure is not a price range: low, mid and high in order, above zero.'],
  MARKET_OBSERVATION_REPEATED: ['invalid', 'One delivery states two figures for the same instrument and time.'],
  MARKET_SOURCE_NOT_FOUND: ['missing', 'There is no such source.'],
  MARKET_KNOWN_AT_IN_FUTURE: ['invalid', 'What will be known later cannot be asked for.'],
});
