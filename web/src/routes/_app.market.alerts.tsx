import { createFileRoute } from '@tanstack/react-router';
import { Alerts } from '../market/alerts.tsx';

export const Route = createFileRoute('/_app/market/alerts')({ component: Alerts });
