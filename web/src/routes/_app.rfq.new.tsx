import { createFileRoute } from '@tanstack/react-router';
import { NewRfq, newRfqSearch } from '../rfqs/new-rfq.tsx';

export const Route = createFileRoute('/_app/rfq/new')({ validateSearch: newRfqSearch, component: NewRfq });
