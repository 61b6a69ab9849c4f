import { createFileRoute } from '@tanstack/react-router';
import { OpenDeals } from '../shares/open-deals.tsx';

export const Route = createFileRoute('/_app/deals/')({ component: OpenDeals });
