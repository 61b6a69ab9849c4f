import * as deals from './gen/clearlot/deals/v1/events.ts';
import * as documents from './gen/clearlot/documents/v1/events.ts';
import * as identity from './gen/clearlot/identity/v1/events.ts';
import * as marketplace from './gen/clearlot/marketplace/v1/events.ts';
import { NotificationRequested } from './gen/clearlot/notification/v1/events.ts';
import * as payments from './gen/clearlot/payments/v1/events.ts';

interface Codec<T> {
  encode(message: T): { finish(): Uint8Array };
  decode(input: Uint8Array): T;
}

/** A released event: the subject it is published on and the message it carries. */
export interface EventType<T> {
  /** `<area>.<aggregate>.<fact>.v1` */
  readonly subject: string;
  readonly codec: Codec<T>;
}

function event<T>(subject: string, codec: Codec<T>): EventType<T> {
  return { subject, codec };
}

/** Every event of the platform. Additive only: a changed meaning is a new type with a new version. */
export const events = {
  userRegistered: event('identity.user.registered.v1', identity.UserRegistered),
  accreditationSubmitted: event('identity.accreditation.submitted.v1', identity.AccreditationSubmitted),
  accreditationDecided: event('identity.accreditation.decided.v1', identity.AccreditationDecided),
  sessionRevoked: event('identity.session.revoked.v1', identity.SessionRevoked),

  holdingChanged: event('deals.holding.changed.v1', deals.HoldingChanged),
  dealStatusChanged: event('deals.deal.status_changed.v1', deals.DealStatusChanged),
  participationStatusChanged: event('deals.participation.status_changed.v1', deals.ParticipationStatusChanged),
  commitmentStatusChanged: event('deals.commitment.status_changed.v1', deals.CommitmentStatusChanged),
  agreementsRequested: event('deals.settlement.agreements_requested.v1', deals.AgreementsRequested),
  fundingRequested: event('deals.settlement.funding_requested.v1', deals.FundingRequested),
  releaseRequested: event('deals.settlement.release_requested.v1', deals.ReleaseRequested),
  settlementCancelled: event('deals.settlement.cancelled.v1', deals.SettlementCancelled),

  packageIssued: event('documents.package.issued.v1', documents.PackageIssued),
  agreementSigned: event('documents.package.agreement_signed.v1', documents.AgreementSigned),
  packageVoided: event('documents.package.voided.v1', documents.PackageVoided),

  fundingInstructed: event('payments.escrow.funding_instructed.v1', payments.FundingInstructed),
  wireReceived: event('payments.escrow.wire_received.v1', payments.WireReceived),
  commitmentFunded: event('payments.escrow.commitment_funded.v1', payments.CommitmentFunded),
  escrowReleased: event('payments.escrow.released.v1', payments.EscrowReleased),
  payoutConfirmed: event('payments.escrow.payout_confirmed.v1', payments.PayoutConfirmed),
  refundStarted: event('payments.escrow.refund_started.v1', payments.RefundStarted),
  refundConfirmed: event('payments.escrow.refund_confirmed.v1', payments.RefundConfirmed),
  partReleased: event('payments.escrow.part_released.v1', payments.PartReleased),

  supplierStatusChanged: event('marketplace.supplier.status_changed.v1', marketplace.SupplierStatusChanged),
  productChanged: event('marketplace.product.changed.v1', marketplace.ProductChanged),
  rfqStatusChanged: event('marketplace.rfq.status_changed.v1', marketplace.RfqStatusChanged),
  rfqAmended: event('marketplace.rfq.amended.v1', marketplace.RfqAmended),
  responseSubmitted: event('marketplace.response.submitted.v1', marketplace.ResponseSubmitted),
  responseWithdrawn: event('marketplace.response.withdrawn.v1', marketplace.ResponseWithdrawn),
  awardDecided: event('marketplace.award.decided.v1', marketplace.AwardDecided),
  contractRequested: event('marketplace.contract.requested.v1', marketplace.ContractRequested),
  contractCancelled: event('marketplace.contract.cancelled.v1', marketplace.ContractCancelled),
  quoteStatusChanged: event('marketplace.quote.status_changed.v1', marketplace.QuoteStatusChanged),
  orderStatusChanged: event('marketplace.order.status_changed.v1', marketplace.OrderStatusChanged),
  orderFundingRequested: event('marketplace.order.funding_requested.v1', marketplace.OrderFundingRequested),
  orderReleaseRequested: event('marketplace.order.release_requested.v1', marketplace.OrderReleaseRequested),
  auctionStatusChanged: event('marketplace.auction.status_changed.v1', marketplace.AuctionStatusChanged),
  auctionDepositsSettled: event('marketplace.auction.deposits_settled.v1', marketplace.AuctionDepositsSettled),
  orderCancelled: event('marketplace.order.cancelled.v1', marketplace.OrderCancelled),

  /** One notification type per publishing service, on a subject of its own area. */
  notification: {
    identity: event('identity.notification.requested.v1', NotificationRequested),
    deals: event('deals.notification.requested.v1', NotificationRequested),
    documents: event('documents.notification.requested.v1', NotificationRequested),
    payments: event('payments.notification.requested.v1', NotificationRequested),
    marketplace: event('marketplace.notification.requested.v1', NotificationRequested),
    'market-data': event('market.notification.requested.v1', NotificationRequested),
  },
} as const;
