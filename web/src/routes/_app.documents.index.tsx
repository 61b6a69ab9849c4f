import { createFileRoute } from '@tanstack/react-router';
import { Documents } from '../documents/documents.tsx';
import { documentsSearch } from '../documents/documents-search.ts';

export const Route = createFileRoute('/_app/documents/')({ validateSearch: documentsSearch, component: Documents });
