import { createFileRoute } from '@tanstack/react-router';
import { listSearch } from '../operations/list-search.ts';
import { SuppliersQueue } from '../operations/review/suppliers-queue.tsx';

export const Route = createFileRoute('/_app/admin/suppliers')({
  validateSearch: listSearch,
  component: SuppliersQueue,
});
