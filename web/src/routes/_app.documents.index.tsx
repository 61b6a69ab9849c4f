import { createFileRoute } from '@tanstack/react-router';
import { Documents, documentsSearch } from '../documents/documents.tsx';

export const Route = createFileRoute('/_app/documents/')({ validateSearch: documentsSearch, component: Documents });
