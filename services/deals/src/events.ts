import type { Reaction } from '@clearlot/service';
import type { Clients } from './clients.ts';
import { onAccreditationDecided } from './settlement/on-accreditation-decided.ts';
import { onAgreementSigned } from './settlement/on-agreement-signed.ts';
import { onCommitmentFunded } from './settlement/on-commitment-funded.ts';
import { onEscrowReleased } from './settlement/on-escrow-released.ts';
import { onPackageIssued } from './settlement/on-package-issued.ts';
import { onPayoutConfirmed } from './settlement/on-payout-confirmed.ts';

/** Door 3: what deals reacts to. */
export const dealsReactions: Reaction<Clients>[] = [
  onAccreditationDecided,
  onPackageIssued,
  onAgreementSigned,
  onCommitmentFunded,
  onEscrowReleased,
  onPayoutConfirmed,
] as Reaction<Clients>[];
