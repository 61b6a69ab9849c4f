import { letter, required, type Template } from './letter.ts';

/** Sent once an account is open. Optional: role. */
export const welcome: Template = (data, recipient) =>
  letter(recipient, {
    subject: 'Welcome to Clearlot',
    paragraphs: [
      'Your account is open.',
      data.role === 'seller'
        ? 'Next, add the shares you hold. When they are verified you can take part in an open deal.'
        : data.role === 'buyer'
          ? 'Next, tell us on what basis you are an accredited investor. When that is verified you can commit funds to an open deal. To buy lithium products, publish a request for quotation.'
          : data.role === 'supplier'
            ? 'Next, describe your company and what it sells, and hand your application in. When it is verified you can answer requests for quotation.'
            : 'Sign in to see what happens next.',
    ],
    action: { label: 'Continue on Clearlot', path: data.role === 'buyer' ? '/onboarding/accreditation' : '/dashboard' },
    closing: 'If you did not open this account, write to us and do nothing else.',
  });

/** Invites somebody, who need not have an account, into an organization. Required: organizationName, role, token, deadline. */
export const organizationInvitation: Template = (data, recipient) => {
  const organization = required(data, 'organizationName');
  return letter(recipient, {
    subject: `You are invited to ${organization} on Clearlot`,
    paragraphs: [
      `You are invited to act for ${organization} on Clearlot.`,
      'Sign in, or open an account with this e-mail address, and accept the invitation. The link works once.',
    ],
    facts: [
      ['Role', required(data, 'role')],
      ['Valid until', required(data, 'deadline')],
    ],
    action: {
      label: 'Accept the invitation',
      path: `/organizations/invitations/accept?token=${encodeURIComponent(required(data, 'token'))}`,
    },
    closing: 'If you do not know this organization, ignore this message. Nothing happens.',
  });
};
