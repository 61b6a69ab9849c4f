import { createFileRoute } from '@tanstack/react-router';
import * as z from 'zod/mini';
import { Organizations } from '../account/organizations.tsx';

export const Route = createFileRoute('/_app/organizations/')({
  validateSearch: z.object({ token: z.optional(z.string()) }),
  component: OrganizationsRoute,
});

function OrganizationsRoute() {
  return <Organizations invitation={Route.useSearch().token} />;
}
