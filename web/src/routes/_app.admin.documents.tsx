import { createFileRoute } from '@tanstack/react-router';
import { DocumentsDesk } from '../operations/trail/documents-desk.tsx';
import { documentsSearch } from '../operations/trail/documents-search.ts';

export const Route = createFileRoute('/_app/admin/documents')({
  validateSearch: documentsSearch,
  component: DocumentsDesk,
});
