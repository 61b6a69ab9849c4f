import { createFileRoute } from '@tanstack/react-router';

export const Route = createFileRoute('/_app/organizations/')({
  component: RouteComponent,
});

function RouteComponent() {
  return <div>Hello "/_app/organizations/"!</div>;
}
