import { letter, ofDeal, required, sharesOf, type Template } from './letter.ts';

/** An agreement waits for a signature. Optional: dealName, count, deadline, amount, shares, price. */
export const documentsReady: Template = (data, recipient) =>
  letter(recipient, {
    subject: `Your documents${ofDeal(data)} are ready to sign`,
    paragraphs: [
      data.count && data.count !== '1'
        ? `Your agreements${ofDeal(data)} are ready. Read each and sign it on Clearlot.`
        : `Your agreement${ofDeal(data)} is ready. Read it and sign it on Clearlot.`,
      'The next step follows when everybody has signed.',
    ],
    facts: [
      ['Agreements', data.count],
      ['Shares', sharesOf(data)],
      ['Price per share', data.price],
      ['Amount', data.amount],
      ['Sign before', data.deadline],
    ],
    action: { label: 'Read and sign', path: '/documents' },
  });

/** Where to wire the money. Required: amount, reference. Optional: dealName, heldUntil, bankName, accountName, accountNumber, routingNumber, deadline. */
export const paymentInstructions: Template = (data, recipient) =>
  letter(recipient, {
    subject: `Payment instructions${ofDeal(data)}`,
    paragraphs: [
      `Please wire ${required(data, 'amount')}${ofDeal(data)} to the escrow account below. The money stays in escrow until ${data.heldUntil ?? 'everybody has paid and signed'}.`,
      'Give the reference exactly as written: by it we recognise your wire.',
    ],
    facts: [
      ['Amount', data.amount],
      ['Reference', required(data, 'reference')],
      ['Bank', data.bankName],
      ['Account name', data.accountName],
      ['Account number', data.accountNumber],
      ['Routing number', data.routingNumber],
      ['Wire before', data.deadline],
    ],
    action: { label: 'Compare these instructions on Clearlot before you pay', path: '/payments' },
    closing: 'We never send changed bank details by e-mail. If a message says they changed, do not pay; write to us.',
  });
