import { createFileRoute } from '@tanstack/react-router';
import { directorySearch, SupplierDirectory } from '../suppliers/directory.tsx';

export const Route = createFileRoute('/_app/suppliers/')({
  validateSearch: directorySearch,
  component: SupplierDirectory,
});
