import { errorTable } from '@clearlot/kernel';

/** How fetching from a source fails; each is shown with the source until it works again. */
export const sourceFailures = errorTable({
  MARKET_SOURCE_NOT_CONFIGURED: ['unavailable', 'The source has no key or address.'],
  MARKET_SOURCE_ADDRESS_REFUSED: ['unavailable', 'The address of the source is no public address over https.'],
  MARKET_SOURCE_UNREACHABLE: ['unavailable', 'The source could not be reached.'],
  MARKET_SOURCE_TIMEOUT: ['unavailable', 'The source did not answer in time.'],
  MARKET_SOURCE_RATE_LIMITED: ['too_many', 'The source asked us to wait.'],
  MARKET_SOURCE_REFUSED: ['unavailable', 'The source refused our key or our request.'],
  MARKET_SOURCE_FAILED: ['unavailable', 'The source answered an error.'],
  MARKET_SOURCE_TOO_LARGE: ['unavailable', 'The answer of the source is larger than allowed.'],
  MARKET_SOURCE_MALFORMED: ['unavailable', 'The answer of the source cannot be read.'],
});

/** Every expected failure of managing sources, entries and imports. */
export const sourceErrors = errorTable({
  MARKET_SOURCE_CODE_TAKEN: ['conflict', 'There is a source of this code already.'],
  MARKET_SOURCE_SETTINGS_INVALID: ['invalid', 'The settings do not fit the kind of source.'],
  MARKET_SOURCE_DISABLED: ['conflict', 'The source is switched off.'],
  MARKET_IMPORT_INVALID: ['invalid', 'The file cannot be read with the mapping of this source.'],
  MARKET_ENTRY_NOT_FOUND: ['missing', 'There is no such entry.'],
  MARKET_ENTRY_INVALID: ['mismatch', 'The entry cannot be recorded as a price of this instrument.'],
  MARKET_ENTRY_DECIDED: ['conflict', 'The entry has been decided already.'],
  MARKET_ENTRY_SAME_PERSON: ['forbidden', 'Another operator than the one who entered it must decide.'],
  MARKET_INCIDENT_NOT_FOUND: ['missing', 'There is no such open incident.'],
  MARKET_CORRECTION_UNKNOWN_FIGURE: ['missing', 'There is no such figure to correct.'],
});
