import { createFileRoute } from '@tanstack/react-router';
import { Verify } from '../shares/verify.tsx';

export const Route = createFileRoute('/_app/onboarding/verify')({ component: Verify });
