import { createFileRoute } from '@tanstack/react-router';
import { Guide } from '../help/guide.tsx';

export const Route = createFileRoute('/_app/help/$guide')({ component: GuideRoute });

function GuideRoute() {
  return <Guide name={Route.useParams().guide} />;
}
