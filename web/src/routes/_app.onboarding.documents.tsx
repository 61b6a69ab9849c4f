import { createFileRoute } from '@tanstack/react-router';
import { AccreditationDocuments } from '../shares/accreditation.tsx';

export const Route = createFileRoute('/_app/onboarding/documents')({ component: AccreditationDocuments });
