import { letter, type MailData, required, type Template } from './letter.ts';

const seeAuction = (data: MailData) => ({
  label: 'See the auction',
  path: data.auctionId ? `/auctions/${encodeURIComponent(data.auctionId)}` : '/auctions',
});
const offered = (data: MailData) =>
  [
    ['Price', data.price],
    ['Quantity', data.quantity],
    ['Confirm by', data.deadline],
  ] as const;

/** A bidder won. Required: title. Optional: auctionId, price, quantity, deadline. */
export const auctionWon: Template = (data, recipient) =>
  letter(recipient, {
    subject: `You won ${required(data, 'title')}`,
    paragraphs: [
      `The auction of ${required(data, 'title')} is over and the lot is yours.`,
      'Confirm it in time: the order is made with that. A lot that is not confirmed goes to the next bidder, and the deposit is lost.',
    ],
    facts: offered(data),
    action: { ...seeAuction(data), label: 'Confirm the lot' },
  });

/** A lot whose winner did not take it is offered to the next bidder. Required: title. Optional: auctionId, price, quantity, deadline. */
export const auctionOffered: Template = (data, recipient) =>
  letter(recipient, {
    subject: `${required(data, 'title')} is offered to you`,
    paragraphs: [
      `The winner of ${required(data, 'title')} did not take the lot, and you are next: you may have it at what you bid.`,
      'You may decline; that costs you nothing.',
    ],
    facts: offered(data),
    action: { ...seeAuction(data), label: 'Answer the offer' },
  });

/** An auction a bidder joined ended without them. Required: title, ending. Optional: auctionId, price. */
export const auctionLost: Template = (data, recipient) =>
  letter(recipient, {
    subject: `The auction of ${required(data, 'title')} is over`,
    paragraphs: [
      `The auction of ${required(data, 'title')} is over. ${required(data, 'ending')}`,
      'Your deposit for it is free again.',
    ],
    facts: [['Price', data.price]],
    action: seeAuction(data),
  });

/** The owner's auction ended. Required: title, ending. Optional: auctionId, price. */
export const auctionEnded: Template = (data, recipient) =>
  letter(recipient, {
    subject: `Your auction of ${required(data, 'title')} is over`,
    paragraphs: [`Your auction of ${required(data, 'title')} is over. ${required(data, 'ending')}`],
    facts: [['Price', data.price]],
    action: seeAuction(data),
  });

/** The lot was confirmed and is an order. Required: title. Optional: auctionId, orderId. */
export const auctionConfirmed: Template = (data, recipient) =>
  letter(recipient, {
    subject: `${required(data, 'title')} is confirmed`,
    paragraphs: [`${required(data, 'title')}, the lot of your auction, was confirmed and is an order now.`],
    action: data.orderId
      ? { label: 'See the order', path: `/orders/${encodeURIComponent(data.orderId)}` }
      : seeAuction(data),
  });

/** Whom the lot was offered to did not take it. Required: title, next. Optional: auctionId. */
export const auctionDefaulted: Template = (data, recipient) =>
  letter(recipient, {
    subject: `${required(data, 'title')} was not confirmed`,
    paragraphs: [`${required(data, 'title')}, the lot of your auction, was not confirmed. ${required(data, 'next')}`],
    action: seeAuction(data),
  });

/** A winner did not take the lot. Required: title. Optional: auctionId. */
export const auctionForfeited: Template = (data, recipient) =>
  letter(recipient, {
    subject: `You no longer have ${required(data, 'title')}`,
    paragraphs: [
      `You did not confirm ${required(data, 'title')}, which you had won. Your deposit goes to whoever held the auction.`,
    ],
    action: seeAuction(data),
  });

/** The next in line did not take the lot. Required: title. Optional: auctionId. */
export const auctionPassedOn: Template = (data, recipient) =>
  letter(recipient, {
    subject: `You no longer have ${required(data, 'title')}`,
    paragraphs: [`${required(data, 'title')}, which was offered to you, went on to others. You lose nothing by that.`],
    action: seeAuction(data),
  });
