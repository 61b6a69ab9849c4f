import { letter, type MailData, required, type Template } from './letter.ts';

const seeOrder = (data: MailData) => ({
  label: 'See the order',
  path: data.orderId ? `/orders/${encodeURIComponent(data.orderId)}` : '/orders',
});
const seeQuote = (data: MailData) => ({
  label: 'See the quote',
  path: data.quoteId ? `/quotes/${encodeURIComponent(data.quoteId)}` : '/quotes',
});

/** An order is made. Required: orderName, amount. Optional: orderId, role, escrow. */
export const orderConfirmed: Template = (data, recipient) =>
  letter(recipient, {
    subject: `Your order ${required(data, 'orderName')} is confirmed`,
    paragraphs: [
      `The order ${required(data, 'orderName')} is confirmed.`,
      data.role === 'supplier'
        ? 'The buyer now wires the money into escrow. Ship when it is there; we tell you.'
        : 'Next you receive wire instructions. Your money stays in escrow until you have accepted a delivery.',
    ],
    facts: [
      ['Amount', required(data, 'amount')],
      ['To be wired into escrow', data.escrow],
    ],
    action: seeOrder(data),
  });

/** What each event of an order means to whom it is told. */
const moved = new Map([
  ['funded', 'The escrow is funded: the supplier may ship.'],
  ['shipped', 'Goods have been shipped. Say so on Clearlot when they arrive.'],
  ['delivered', 'A delivery is recorded as delivered. From now on the days to inspect it run.'],
  ['inspected', 'The buyer has inspected a delivery. See how its amount comes about.'],
  ['accepted', 'A delivery is accepted and its amount is being released.'],
  ['paid', 'The amount of a delivery is paid out to the supplier.'],
  ['disputed', 'A delivery is disputed. Nothing of it is released until both sides agree or an operator decides.'],
  ['proposed', 'The other side has proposed what to release for the disputed delivery. You may accept it.'],
  ['resolved', 'A dispute is resolved.'],
  ['withdrawn', 'A dispute was withdrawn and the delivery goes on.'],
]);

/** Something happened to an order. Required: orderName. Optional: orderId, event, amount, reason. */
export const orderMoved: Template = (data, recipient) => {
  const meaning = moved.get(data.event ?? '');
  return letter(recipient, {
    subject: `News of your order ${required(data, 'orderName')}`,
    paragraphs: [`Your order ${required(data, 'orderName')} has moved on.`, ...(meaning ? [meaning] : [])],
    facts: [
      ['Amount', data.amount],
      ['Reason', data.reason],
    ],
    action: seeOrder(data),
  });
};

/** Every delivery is settled. Required: orderName, released. Optional: orderId, role, refunded. */
export const orderReleased: Template = (data, recipient) =>
  letter(recipient, {
    subject: `Your order ${required(data, 'orderName')} is complete`,
    paragraphs: [
      `Every delivery of ${required(data, 'orderName')} is settled.`,
      data.role === 'supplier'
        ? 'Your payout is on its way to your bank.'
        : 'What was left in escrow is on its way back to you.',
    ],
    facts: [
      ['Released to the supplier', required(data, 'released')],
      ['Returned to the buyer', data.refunded],
    ],
    action: seeOrder(data),
  });

/** An order is off. Required: orderName. Optional: orderId, reason. */
export const orderCancelled: Template = (data, recipient) =>
  letter(recipient, {
    subject: `Your order ${required(data, 'orderName')} is cancelled`,
    paragraphs: [
      `The order ${required(data, 'orderName')} is cancelled. Money that is in its escrow is returned to the buyer.`,
    ],
    facts: [['Reason', data.reason]],
    action: seeOrder(data),
  });

/** Something of an order waits for this person past its time. Required: orderName. Optional: orderId, status. */
export const orderOverdue: Template = (data, recipient) =>
  letter(recipient, {
    subject: `Your order ${required(data, 'orderName')} waits for you`,
    paragraphs: [
      `A step of the order ${required(data, 'orderName')} was due and is not done.`,
      'Please see what waits for you.',
    ],
    facts: [['Has been so for too long', data.status]],
    action: seeOrder(data),
  });

/** A buyer asks a supplier for a price. Required: productTitle. Optional: quoteId, quantity, deadline. */
export const quoteRequested: Template = (data, recipient) =>
  letter(recipient, {
    subject: `A buyer asks for a price of ${required(data, 'productTitle')}`,
    paragraphs: [`A buyer asks you for a quote of ${required(data, 'productTitle')}. Quote or decline until then.`],
    facts: [
      ['Quantity', data.quantity],
      ['Answer until', data.deadline],
    ],
    action: seeQuote(data),
  });

/** The other side made an offer. Required: productTitle, price. Optional: quoteId, quantity, deadline. */
export const quoteOffer: Template = (data, recipient) =>
  letter(recipient, {
    subject: `An offer for ${required(data, 'productTitle')}: ${required(data, 'price')}`,
    paragraphs: [
      `You have a firm offer for ${required(data, 'productTitle')}.`,
      'While it is firm you may accept it, answer with an offer of your own, or decline.',
    ],
    facts: [
      ['Price', data.price],
      ['Quantity', data.quantity],
      ['Firm until', data.deadline],
    ],
    action: seeQuote(data),
  });

/** The other side accepted; an order is made. Required: productTitle. Optional: orderId, price, quantity. */
export const quoteAccepted: Template = (data, recipient) =>
  letter(recipient, {
    subject: `Your offer for ${required(data, 'productTitle')} is accepted`,
    paragraphs: [`Your offer for ${required(data, 'productTitle')} is accepted and is now an order.`],
    facts: [
      ['Price', data.price],
      ['Quantity', data.quantity],
    ],
    action: seeOrder(data),
  });

/** The other side ended a quote. Required: productTitle. Optional: quoteId, outcome (declined, cancelled). */
export const quoteDeclined: Template = (data, recipient) =>
  letter(recipient, {
    subject: `The quote for ${required(data, 'productTitle')} has ended`,
    paragraphs: [
      data.outcome === 'cancelled'
        ? `The buyer has cancelled the quote for ${required(data, 'productTitle')}.`
        : `The quote for ${required(data, 'productTitle')} was declined.`,
    ],
    action: seeQuote(data),
  });

/** Nobody answered in time. Required: productTitle. Optional: quoteId. */
export const quoteExpired: Template = (data, recipient) =>
  letter(recipient, {
    subject: `The quote for ${required(data, 'productTitle')} has expired`,
    paragraphs: [
      `The time to answer has passed, and the quote for ${required(data, 'productTitle')} is over without an order.`,
    ],
    action: seeQuote(data),
  });
