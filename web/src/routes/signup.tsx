import { createFileRoute } from '@tanstack/react-router';
import { SignUp } from '../session/sign-up.tsx';

export const Route = createFileRoute('/signup')({ component: SignUp });
