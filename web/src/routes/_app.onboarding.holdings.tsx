import { createFileRoute } from '@tanstack/react-router';
import { Holdings } from '../shares/holdings.tsx';

export const Route = createFileRoute('/_app/onboarding/holdings')({ component: Holdings });
