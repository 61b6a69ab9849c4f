import { errorTable } from '@clearlot/kernel';

/** What identity refuses. */
export const identityErrors = errorTable({
  IDENTITY_EMAIL_TAKEN: ['conflict', 'An account with this e-mail address exists already.'],
  IDENTITY_PASSWORD_WEAK: ['invalid', 'This password is too easy to guess.'],
  IDENTITY_CREDENTIALS_INVALID: ['unauthenticated', 'The e-mail address or the password is not right.'],
  IDENTITY_LOGIN_LOCKED: ['too_many', 'Too many failed attempts. Wait before you try again.'],
  IDENTITY_ACCOUNT_SUSPENDED: ['forbidden', 'This account is suspended. Write to support.'],
  IDENTITY_REFRESH_INVALID: ['unauthenticated', 'The session has ended. Sign in again.'],
  IDENTITY_REFRESH_REUSED: ['unauthenticated', 'This refresh token was used before; its session was ended.'],
  IDENTITY_SESSION_NOT_FOUND: ['missing', 'There is no such session.'],
  IDENTITY_USER_NOT_FOUND: ['missing', 'There is no such person.'],
  IDENTITY_USER_IS_SELF: ['conflict', 'You cannot suspend yourself.'],
  IDENTITY_ACCREDITATION_NOT_FOUND: ['missing', 'There is no such accreditation.'],
  IDENTITY_ACCREDITATION_PENDING: ['conflict', 'An accreditation on this basis is waiting to be decided.'],
  IDENTITY_ACCREDITATION_DECIDED: ['conflict', 'This accreditation is decided; evidence can no longer be added.'],
  IDENTITY_ORGANIZATION_NOT_FOUND: ['missing', 'There is no such organization.'],
  IDENTITY_ORGANIZATION_ROLE: ['forbidden', 'Your role in this organization does not allow this.'],
  IDENTITY_ORGANIZATION_LAST_OWNER: ['conflict', 'An organization keeps at least one owner.'],
  IDENTITY_MEMBER_NOT_FOUND: ['missing', 'There is no such member.'],
  IDENTITY_MEMBER_EXISTS: ['conflict', 'This person is a member already.'],
  IDENTITY_INVITATION_NOT_FOUND: ['missing', 'This invitation is not valid for your account.'],
  IDENTITY_INVITATION_EXPIRED: ['conflict', 'This invitation has expired or was used.'],
  IDENTITY_MAIL_TEMPLATE_UNKNOWN: ['invalid', 'There is no such e-mail template.'],
  IDENTITY_MAIL_DATA_MISSING: ['invalid', 'The e-mail template needs a value that was not given.'],
});
