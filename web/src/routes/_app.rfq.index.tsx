import { createFileRoute } from '@tanstack/react-router';
import { Requests } from '../rfqs/requests.tsx';
import { requestsSearch } from '../rfqs/requests-search.ts';

export const Route = createFileRoute('/_app/rfq/')({ validateSearch: requestsSearch, component: Requests });
