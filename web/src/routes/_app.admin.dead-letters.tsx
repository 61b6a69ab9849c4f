import { createFileRoute } from '@tanstack/react-router';
import { listSearch } from '../operations/list-search.ts';
import { DeadLetters } from '../operations/trail/dead-letters.tsx';

export const Route = createFileRoute('/_app/admin/dead-letters')({
  validateSearch: listSearch,
  component: DeadLetters,
});
