import { createFileRoute } from '@tanstack/react-router';
import { Requests, requestsSearch } from '../rfqs/requests.tsx';

export const Route = createFileRoute('/_app/rfq/')({ validateSearch: requestsSearch, component: Requests });
