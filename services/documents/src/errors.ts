import { errorTable } from '@clearlot/kernel';

/** Every expected failure of the documents service. */
export const documentsErrors = errorTable({
  DOCUMENTS_NOT_FOUND: ['missing', 'There is no such document.'],
  DOCUMENTS_FILE_INVALID: ['invalid', 'The upload is not complete.'],
  DOCUMENTS_FILE_TOO_LARGE: ['too_large', 'A file may have at most 10 MiB.'],
  DOCUMENTS_FILE_TYPE_REFUSED: [
    'invalid',
    'This type of file is not accepted, or the content is not of its declared type.',
  ],
  DOCUMENTS_FILE_PRIVATE: ['forbidden', "A file of this purpose is its owner's alone and is not shared."],
  DOCUMENTS_NAME_MISMATCH: ['mismatch', 'The name typed is not the legal name printed in the agreement.'],
  DOCUMENTS_AGREEMENT_VOIDED: ['conflict', 'The agreement is void: it was cancelled before it took effect.'],
  DOCUMENTS_CONTRACT_INVALID: [
    'mismatch',
    'The lines of the contract are not complete or do not add up to its amount.',
  ],
  DOCUMENTS_SEAL_INVALID: ['invalid', 'A seal has an id and a time at which it opens.'],
  DOCUMENTS_SEAL_NOT_FOUND: ['missing', 'There is no such seal.'],
  DOCUMENTS_SEAL_NOT_DUE: ['precondition', 'The seal does not open yet.'],
  DOCUMENTS_SEAL_OPENED: ['conflict', 'The seal was opened: its time cannot change any more.'],
  DOCUMENTS_SEAL_EARLIER: ['conflict', 'A seal never opens earlier than it was to.'],
  DOCUMENTS_LEGAL_NAME_UNKNOWN: ['missing', 'A party has no legal name, so no agreement can be drawn up.'],
});
