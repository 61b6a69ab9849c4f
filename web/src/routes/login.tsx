import { createFileRoute } from '@tanstack/react-router';
import * as z from 'zod/mini';
import { Login } from '../session/login.tsx';

export const Route = createFileRoute('/login')({
  validateSearch: z.object({ next: z.optional(z.string()) }),
  component: LoginRoute,
});

function LoginRoute() {
  return <Login next={Route.useSearch().next} />;
}
