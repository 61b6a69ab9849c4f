import { letter, type MailData, required, type Template } from './letter.ts';

const awardPath = (data: MailData) => (data.rfqId ? `/rfqs/${encodeURIComponent(data.rfqId)}/award` : '/rfqs');

/** A supplier won lines of an RFQ. Required: title, amount. Optional: rfqId, lines, standstillUntil. */
export const awardWon: Template = (data, recipient) =>
  letter(recipient, {
    subject: `You are awarded ${required(data, 'title')}`,
    paragraphs: [
      `The buyer of ${required(data, 'title')} has awarded it, and part of it to you.`,
      'When the standstill is over you receive the contract to sign. Until then the award may still be taken back.',
    ],
    facts: [
      ['Amount', required(data, 'amount')],
      ['Awarded to you', data.lines],
      ['Standstill until', data.standstillUntil],
    ],
    action: { label: 'See the award', path: awardPath(data) },
  });

/** A supplier won nothing of an RFQ. Required: title, reason. Optional: rfqId, standstillUntil. */
export const awardUnsuccessful: Template = (data, recipient) =>
  letter(recipient, {
    subject: `${required(data, 'title')} is awarded to others`,
    paragraphs: [`The buyer of ${required(data, 'title')} has awarded it. Your response was not successful this time.`],
    facts: [
      ['How your offers compared', required(data, 'reason')],
      ['Standstill until', data.standstillUntil],
    ],
    action: { label: 'See how your offers compared', path: awardPath(data) },
  });

/** An award was taken back. Required: title. Optional: rfqId, reason. */
export const awardCancelled: Template = (data, recipient) =>
  letter(recipient, {
    subject: `The award of ${required(data, 'title')} is taken back`,
    paragraphs: [
      `The award of ${required(data, 'title')} does not stand any more. The buyer can decide anew on the responses there are.`,
    ],
    facts: [['Reason', data.reason]],
    action: { label: 'See the request', path: awardPath(data) },
  });

/** A contract was given up. Required: title. Optional: rfqId, contractId, reason. */
export const contractCancelled: Template = (data, recipient) =>
  letter(recipient, {
    subject: `The contract for ${required(data, 'title')} is cancelled`,
    paragraphs: [`The contract for ${required(data, 'title')} is cancelled and can no longer be signed.`],
    facts: [['Reason', data.reason]],
    action: { label: 'See the award', path: awardPath(data) },
  });
