import { createFileRoute } from '@tanstack/react-router';
import { NewRfq } from '../rfqs/new-rfq.tsx';
import { newRfqSearch } from '../rfqs/new-rfq-search.ts';

export const Route = createFileRoute('/_app/rfq/new')({ validateSearch: newRfqSearch, component: NewRfq });
