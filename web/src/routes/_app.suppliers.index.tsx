import { createFileRoute } from '@tanstack/react-router';
import { SupplierDirectory } from '../suppliers/directory.tsx';
import { directorySearch } from '../suppliers/directory-search.ts';

export const Route = createFileRoute('/_app/suppliers/')({
  validateSearch: directorySearch,
  component: SupplierDirectory,
});
