import { letter, required, type Template } from './letter.ts';

/** A price did what somebody asked to be told of. Required: alertName, text. Optional: source, validAt. */
export const priceAlert: Template = (data, recipient) =>
  letter(recipient, {
    subject: `Price alert: ${required(data, 'alertName')}`,
    paragraphs: [`Your alert “${required(data, 'alertName')}” has fired.`, required(data, 'text')],
    facts: [
      ['Source', data.source],
      ['As of', data.validAt],
    ],
    action: { label: 'See your alerts', path: '/market' },
  });
