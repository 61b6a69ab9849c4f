import { createFileRoute } from '@tanstack/react-router';
import { DealStanding } from '../shares/deal-standing.tsx';

export const Route = createFileRoute('/_app/deals/$dealId/status')({ component: StandingRoute });

function StandingRoute() {
  return <DealStanding dealId={Route.useParams().dealId} />;
}
