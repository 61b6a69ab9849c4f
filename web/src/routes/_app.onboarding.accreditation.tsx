import { createFileRoute } from '@tanstack/react-router';
import { Accreditation } from '../shares/accreditation.tsx';

export const Route = createFileRoute('/_app/onboarding/accreditation')({ component: Accreditation });
