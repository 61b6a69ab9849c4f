import { createFileRoute } from '@tanstack/react-router';
import { Dashboard } from '../home/dashboard.tsx';

export const Route = createFileRoute('/_app/dashboard')({ component: Dashboard });
