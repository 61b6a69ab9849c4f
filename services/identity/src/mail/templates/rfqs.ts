import { letter, type MailData, required, type Template } from './letter.ts';

const rfqPath = (data: MailData) => (data.rfqId ? `/rfqs/${encodeURIComponent(data.rfqId)}` : '/rfqs');
const seeRfq = (data: MailData) => ({ label: 'See the request', path: rfqPath(data) });

/** A supplier fits a published RFQ. Required: title. Optional: rfqId, deadline. */
export const rfqMatched: Template = (data, recipient) =>
  letter(recipient, {
    subject: `A request that fits what you sell: ${required(data, 'title')}`,
    paragraphs: [
      `A buyer asks for offers: ${required(data, 'title')}. You sell what is asked for.`,
      'Your response stays sealed until the deadline: nobody, not even the buyer, learns before what you offer.',
    ],
    facts: [['Deadline', data.deadline]],
    action: seeRfq(data),
  });

/** A supplier was invited to an RFQ. Required: title. Optional: rfqId, deadline. */
export const rfqInvited: Template = (data, recipient) =>
  letter(recipient, {
    subject: `You are invited to respond: ${required(data, 'title')}`,
    paragraphs: [
      `A buyer invites you to offer for ${required(data, 'title')}. Only invited suppliers see this request.`,
      'Your response stays sealed until the deadline: nobody, not even the buyer, learns before what you offer.',
    ],
    facts: [['Deadline', data.deadline]],
    action: seeRfq(data),
  });

/** The terms a supplier responded to have changed. Required: title. Optional: rfqId, version, deadline. */
export const rfqAmended: Template = (data, recipient) =>
  letter(recipient, {
    subject: `The terms of ${required(data, 'title')} have changed`,
    paragraphs: [
      `The buyer has amended ${required(data, 'title')}. Your response was made for the earlier terms.`,
      'It counts again when you acknowledge the new terms or hand in anew before the deadline.',
    ],
    facts: [
      ['Version', data.version],
      ['Deadline', data.deadline],
    ],
    action: { ...seeRfq(data), label: 'See what changed' },
  });

/** An RFQ a supplier responded to is off. Required: title. Optional: rfqId, reason. */
export const rfqCancelled: Template = (data, recipient) =>
  letter(recipient, {
    subject: `${required(data, 'title')} is cancelled`,
    paragraphs: [
      `The buyer has cancelled ${required(data, 'title')}. A response that was sealed at that time is never opened.`,
    ],
    facts: [['Reason', data.reason]],
    action: seeRfq(data),
  });

/** The deadline of a buyer's RFQ has passed. Required: title, responses. Optional: rfqId. */
export const rfqClosed: Template = (data, recipient) =>
  letter(recipient, {
    subject: `${required(data, 'title')} is closed: the responses are open`,
    paragraphs: [
      `The deadline of ${required(data, 'title')} has passed, and the responses have been opened.`,
      'You can now compare them and decide.',
    ],
    facts: [['Responses', required(data, 'responses')]],
    action: { ...seeRfq(data), label: 'See the responses' },
  });

/** An RFQ ended without a decision. Required: title. Optional: rfqId, reason. */
export const rfqExpired: Template = (data, recipient) =>
  letter(recipient, {
    subject: `${required(data, 'title')} has expired`,
    paragraphs: [`The request ${required(data, 'title')} has ended without an award.`],
    facts: [['Reason', data.reason]],
    action: seeRfq(data),
  });

/** A buyer was asked something. Required: title, question. Optional: rfqId. */
export const questionAsked: Template = (data, recipient) =>
  letter(recipient, {
    subject: `A question about ${required(data, 'title')}`,
    paragraphs: [
      `A supplier asks about ${required(data, 'title')}. Everybody who sees the request will read your answer.`,
    ],
    facts: [['Question', required(data, 'question')]],
    action: { ...seeRfq(data), label: 'Answer the question' },
  });

/** A question was answered. Required: title, question, answer. Optional: rfqId. */
export const questionAnswered: Template = (data, recipient) =>
  letter(recipient, {
    subject: `Your question about ${required(data, 'title')} is answered`,
    paragraphs: [`The buyer has answered your question about ${required(data, 'title')}.`],
    facts: [
      ['Question', required(data, 'question')],
      ['Answer', required(data, 'answer')],
    ],
    action: seeRfq(data),
  });
