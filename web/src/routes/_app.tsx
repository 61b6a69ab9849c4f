import { createFileRoute } from '@tanstack/react-router';
import { Frame } from '../frame/frame.tsx';
import { requireSession } from '../session/session.ts';

export const Route = createFileRoute('/_app')({
  beforeLoad: ({ location }) => requireSession(location.href),
  component: Frame,
});
