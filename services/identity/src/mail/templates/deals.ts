import { dealPath, letter, ofDeal, required, sharesOf, type Template } from './letter.ts';

/** A seller's participation was received. Required: dealName. Optional: dealId, shares, shareType, price, amount. */
export const participationConfirmed: Template = (data, recipient) =>
  letter(recipient, {
    subject: `Your participation in ${required(data, 'dealName')} is confirmed`,
    paragraphs: [
      `We have your participation in ${required(data, 'dealName')}. We now verify your holding and then approve the number of shares.`,
      'You can withdraw while the deal is open.',
    ],
    facts: [
      ['Shares offered', sharesOf(data)],
      ['Minimum price per share', data.price],
      ['Estimated value', data.amount],
    ],
    action: { label: 'See your participation', path: dealPath(data) },
  });

/** A buyer's commitment was received. Required: dealName. Optional: dealId, amount. */
export const commitmentConfirmed: Template = (data, recipient) =>
  letter(recipient, {
    subject: `Your commitment to ${required(data, 'dealName')} is confirmed`,
    paragraphs: [
      `We have your commitment to ${required(data, 'dealName')}. No money moves before the deal is allocated and you have signed.`,
      'You can withdraw while the deal is open.',
    ],
    facts: [['Amount committed', data.amount]],
    action: { label: 'See your commitment', path: dealPath(data) },
  });

/** What a seller sells or a buyer buys is decided. Required: dealName, amount. Optional: dealId, shares, price. */
export const allocationConfirmed: Template = (data, recipient) =>
  letter(recipient, {
    subject: `Your allocation in ${required(data, 'dealName')}: ${required(data, 'amount')}`,
    paragraphs: [
      `The deal ${required(data, 'dealName')} is allocated. This is your part of it.`,
      'Next you receive the purchase agreement to sign.',
    ],
    facts: [
      ['Amount', data.amount],
      ['Shares', sharesOf(data)],
      ['Price per share', data.price],
    ],
    action: { label: 'See your allocation', path: dealPath(data) },
  });

/** Everything is signed, paid and transferred. Required: dealName. Optional: dealId, role, amount, shares, price, reference. */
export const dealComplete: Template = (data, recipient) => {
  const [amount, shares] =
    data.role === 'seller'
      ? ['Paid to you', 'Shares you sold']
      : data.role === 'buyer'
        ? ['You paid', 'Shares you bought']
        : ['Amount', 'Shares'];
  return letter(recipient, {
    subject: `${required(data, 'dealName')} is complete`,
    paragraphs: [
      `The deal ${required(data, 'dealName')} is complete: the money is paid and the shares are transferred.`,
    ],
    facts: [
      [amount, data.amount],
      [shares, sharesOf(data)],
      ['Price per share', data.price],
      ['Reference', data.reference],
    ],
    action: { label: 'See the closed deal', path: dealPath(data) },
  });
};

/** A deal ended before release. Required: dealName. Optional: dealId, amount (what is returned), reason. */
export const dealCancelled: Template = (data, recipient) =>
  letter(recipient, {
    subject: `${required(data, 'dealName')} is cancelled`,
    paragraphs: [
      `The deal ${required(data, 'dealName')} is cancelled. No shares change hands; money received in escrow is returned to who sent it.`,
    ],
    facts: [
      ['Reason', data.reason],
      ['To be returned', data.amount],
    ],
    action: { label: 'See the deal', path: dealPath(data) },
  });

/** A step of the settlement waits for this person past its time. Required: none beyond a deal. Optional: step, deadline, amount. */
export const settlementOverdue: Template = (data, recipient) =>
  letter(recipient, {
    subject: `The settlement${ofDeal(data)} is overdue`,
    paragraphs: [
      `A step of the settlement${ofDeal(data)} was due and is not done. Until it is, nobody in this deal is paid.`,
      'Please see what waits for you.',
    ],
    facts: [
      ['Step', data.step],
      ['Was due', data.deadline],
      ['Amount', data.amount],
      ['Reference', data.reference],
    ],
    action: { label: 'See what is waiting', path: dealPath(data) },
  });
