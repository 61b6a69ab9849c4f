import { errorTable } from '@clearlot/kernel';

/** Expected failures of RFQs, their questions and responses. */
export const rfqErrors = errorTable({
  MARKETPLACE_RFQ_NOT_FOUND: ['missing', 'There is no such RFQ.'],
  MARKETPLACE_RFQ_WRONG_STATUS: ['conflict', 'The RFQ is in a status that does not allow this.'],
  MARKETPLACE_RFQ_TERMS_INVALID: ['mismatch', 'The terms of the RFQ do not hold together.'],
  MARKETPLACE_RFQ_DEADLINE_PAST: ['mismatch', 'The deadline must be in the future.'],
  MARKETPLACE_RFQ_DEADLINE_EARLIER: ['mismatch', 'The deadline of a published RFQ can only move to a later time.'],
  MARKETPLACE_RFQ_CLOSED: ['conflict', 'The deadline of the RFQ has passed.'],
  MARKETPLACE_RFQ_NOBODY_INVITED: ['mismatch', 'An RFQ by invitation names the suppliers it is for.'],
  MARKETPLACE_RFQ_INVITATION_INVALID: ['mismatch', 'An invited supplier does not exist or is not verified.'],
  MARKETPLACE_QUESTION_NOT_FOUND: ['missing', 'There is no such question.'],
  MARKETPLACE_QUESTION_LATE: ['conflict', 'The time for questions has passed.'],
  MARKETPLACE_SUPPLIER_NOT_VERIFIED: ['conflict', 'Only a verified supplier may do this.'],
  MARKETPLACE_RESPONSE_NOT_FOUND: ['missing', 'You have no response to this RFQ that counts.'],
  MARKETPLACE_RESPONSE_LATE: ['conflict', 'The deadline has passed; responses are neither taken nor changed any more.'],
  MARKETPLACE_RESPONSE_STALE: ['conflict', 'The terms of the RFQ have changed: read them again.'],
  MARKETPLACE_RESPONSE_CONTENT_INVALID: ['mismatch', 'The response does not answer the terms of the RFQ.'],
  MARKETPLACE_RESPONSES_SEALED: ['conflict', 'Responses are sealed until the deadline.'],
});
