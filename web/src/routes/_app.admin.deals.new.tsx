import { createFileRoute } from '@tanstack/react-router';
import { NewDeal } from '../operations/deals/new-deal.tsx';

export const Route = createFileRoute('/_app/admin/deals/new')({ component: NewDeal });
