import { identityErrors } from '../../errors.ts';
import { organizationInvitation, welcome } from './accounts.ts';
import {
  allocationConfirmed,
  commitmentConfirmed,
  dealCancelled,
  dealComplete,
  participationConfirmed,
  settlementOverdue,
} from './deals.ts';
import type { Letter, MailData, Recipient, Template } from './letter.ts';
import { documentsReady, paymentInstructions } from './settlement.ts';

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
};

/** Writes one letter. Errors: IDENTITY_MAIL_TEMPLATE_UNKNOWN, IDENTITY_MAIL_DATA_MISSING. */
export function renderLetter(template: string, data: MailData, recipient: Recipient): Letter {
  const write = Object.hasOwn(templates, template) ? templates[template] : undefined;
  if (!write) throw identityErrors.error('IDENTITY_MAIL_TEMPLATE_UNKNOWN', `There is no template "${template}".`);
  return write(data, recipient);
}
