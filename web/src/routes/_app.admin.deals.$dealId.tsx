import { createFileRoute } from '@tanstack/react-router';
import { DealWorkspace } from '../operations/deals/deal-workspace.tsx';

export const Route = createFileRoute('/_app/admin/deals/$dealId')({ component: DealRoute });

function DealRoute() {
  return <DealWorkspace dealId={Route.useParams().dealId} />;
}
