import { createFileRoute } from '@tanstack/react-router';
import { DocumentPage } from '../documents/document-page.tsx';

export const Route = createFileRoute('/_app/documents/$documentId')({ component: DocumentPageRoute });

function DocumentPageRoute() {
  return <DocumentPage documentId={Route.useParams().documentId} />;
}
