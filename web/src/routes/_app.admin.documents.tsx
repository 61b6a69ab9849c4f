import { createFileRoute } from '@tanstack/react-router';
import { DocumentsDesk, documentsSearch } from '../operations/trail/documents-desk.tsx';

export const Route = createFileRoute('/_app/admin/documents')({
  validateSearch: documentsSearch,
  component: DocumentsDesk,
});
