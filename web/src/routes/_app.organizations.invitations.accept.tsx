import { createFileRoute } from '@tanstack/react-router';
import * as z from 'zod/mini';
import { Organizations } from '../account/organizations.tsx';

export const Route = createFileRoute('/_app/organizations/invitations/accept')({
  validateSearch: z.object({ token: z.optional(z.string()) }),
  component: InvitationRoute,
});

function InvitationRoute() {
  return <Organizations invitation={Route.useSearch().token} />;
}
