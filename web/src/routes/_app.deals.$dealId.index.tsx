import { createFileRoute } from '@tanstack/react-router';
import { DealPage } from '../shares/deal-page.tsx';

export const Route = createFileRoute('/_app/deals/$dealId/')({ component: DealRoute });

function DealRoute() {
  return <DealPage dealId={Route.useParams().dealId} />;
}
