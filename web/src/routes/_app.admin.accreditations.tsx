import { createFileRoute } from '@tanstack/react-router';
import { listSearch } from '../operations/list-search.ts';
import { AccreditationsQueue } from '../operations/review/accreditations-queue.tsx';

export const Route = createFileRoute('/_app/admin/accreditations')({
  validateSearch: listSearch,
  component: AccreditationsQueue,
});
