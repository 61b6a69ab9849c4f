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
  DOCUMENTS_NAME_MISMATCH: ['mismatch', 'The name typed is not the legal name printed in the agreement.'],
  DOCUMENTS_AGREEMENT_VOIDED: ['conflict', 'The agreement is void: its deal was cancelled.'],
  DOCUMENTS_LEGAL_NAME_UNKNOWN: ['missing', 'A party has no legal name, so no agreement can be drawn up.'],
});
