import { identityErrors } from '../../errors.ts';
import { organizationInvitation, welcome } from './accounts.ts';
import {
  auctionConfirmed,
  auctionDefaulted,
  auctionEnded,
  auctionForfeited,
  auctionLost,
  auctionOffered,
  auctionPassedOn,
  auctionWon,
} from './auctions.ts';
import { awardCancelled, awardUnsuccessful, awardWon, contractCancelled } from './awards.ts';
import {
  allocationConfirmed,
  commitmentConfirmed,
  dealCancelled,
  dealComplete,
  participationConfirmed,
  settlementOverdue,
} from './deals.ts';
import type { Letter, MailData, Recipient, Template } from './letter.ts';
import { priceAlert } from './market.ts';
import {
  orderCancelled,
  orderConfirmed,
  orderMoved,
  orderOverdue,
  orderReleased,
  quoteAccepted,
  quoteDeclined,
  quoteExpired,
  quoteOffer,
  quoteRequested,
} from './orders.ts';
import {
  questionAnswered,
  questionAsked,
  rfqAmended,
  rfqCancelled,
  rfqClosed,
  rfqExpired,
  rfqInvited,
  rfqMatched,
} from './rfqs.ts';
import { documentsReady, paymentInstructions } from './settlement.ts';
import { supplierRejected, supplierSubmitted, supplierSuspended, supplierVerified } from './suppliers.ts';

/** Every e-mail the platform sends, by the name services ask for it. */
export const templates: Readonly<Record<string, Template>> = {
  welcome,
  participation_confirmed: participationConfirmed,
  commitment_confirmed: commitmentConfirmed,
  allocation_confirmed: allocationConfirmed,
  documents_ready: documentsReady,
  payment_instructions: paymentInstructions,
  deal_complete: dealComplete,
  deal_cancelled: dealCancelled,
  settlement_overdue: settlementOverdue,
  organization_invitation: organizationInvitation,
  rfq_matched: rfqMatched,
  rfq_invited: rfqInvited,
  rfq_amended: rfqAmended,
  rfq_cancelled: rfqCancelled,
  rfq_closed: rfqClosed,
  rfq_expired: rfqExpired,
  question_asked: questionAsked,
  question_answered: questionAnswered,
  supplier_submitted: supplierSubmitted,
  supplier_verified: supplierVerified,
  supplier_rejected: supplierRejected,
  supplier_suspended: supplierSuspended,
  order_confirmed: orderConfirmed,
  order_moved: orderMoved,
  order_released: orderReleased,
  order_cancelled: orderCancelled,
  order_overdue: orderOverdue,
  quote_requested: quoteRequested,
  quote_offer: quoteOffer,
  quote_accepted: quoteAccepted,
  quote_declined: quoteDeclined,
  quote_expired: quoteExpired,
  award_won: awardWon,
  award_unsuccessful: awardUnsuccessful,
  award_cancelled: awardCancelled,
  contract_cancelled: contractCancelled,
  auction_won: auctionWon,
  auction_offered: auctionOffered,
  auction_lost: auctionLost,
  auction_ended: auctionEnded,
  auction_confirmed: auctionConfirmed,
  auction_defaulted: auctionDefaulted,
  auction_forfeited: auctionForfeited,
  auction_passed_on: auctionPassedOn,
  price_alert: priceAlert,
};

/** Writes one letter. Errors: IDENTITY_MAIL_TEMPLATE_UNKNOWN, IDENTITY_MAIL_DATA_MISSING. */
export function renderLetter(template: string, data: MailData, recipient: Recipient): Letter {
  const write = Object.hasOwn(templates, template) ? templates[template] : undefined;
  if (!write) throw identityErrors.error('IDENTITY_MAIL_TEMPLATE_UNKNOWN', `There is no template "${template}".`);
  return write(data, recipient);
}
