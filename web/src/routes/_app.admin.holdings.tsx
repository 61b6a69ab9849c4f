import { createFileRoute } from '@tanstack/react-router';
import { listSearch } from '../operations/list-search.ts';
import { HoldingsQueue } from '../operations/review/holdings-queue.tsx';

export const Route = createFileRoute('/_app/admin/holdings')({ validateSearch: listSearch, component: HoldingsQueue });
