import { createFileRoute } from '@tanstack/react-router';
import { DealsList } from '../operations/deals/deals-list.tsx';
import { listSearch } from '../operations/list-search.ts';

export const Route = createFileRoute('/_app/admin/deals/')({ validateSearch: listSearch, component: DealsList });
