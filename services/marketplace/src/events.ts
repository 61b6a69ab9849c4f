import type { Reaction } from '@clearlot/service';
import { onAuctionStatusChanged } from './auctions/on-auction-status-changed.ts';
import { onAgreementSigned } from './awards/on-agreement-signed.ts';
import { onPackageIssued } from './awards/on-package-issued.ts';
import type { Clients } from './clients.ts';
import { onCommitmentFunded } from './orders/on-commitment-funded.ts';
import { onPartReleased } from './orders/on-part-released.ts';
import { onPayoutConfirmed } from './orders/on-payout-confirmed.ts';
import { onRefundStarted } from './orders/on-refund-started.ts';
import { onRfqAmended } from './rfqs/on-rfq-amended.ts';
import { onRfqStatusChanged } from './rfqs/on-rfq-status-changed.ts';
import { onOrderStatusChanged } from './suppliers/on-order-status-changed.ts';

/** Door 3: what marketplace reacts to. */
export const marketplaceReactions: Reaction<Clients>[] = [
  onRfqStatusChanged,
  onRfqAmended,
  onPackageIssued,
  onAgreementSigned,
  onCommitmentFunded,
  onPartReleased,
  onPayoutConfirmed,
  onRefundStarted,
  onOrderStatusChanged,
  onAuctionStatusChanged,
] as Reaction<Clients>[];
