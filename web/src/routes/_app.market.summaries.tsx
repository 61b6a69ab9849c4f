import { createFileRoute } from '@tanstack/react-router';
import { Summaries } from '../market/summaries.tsx';

export const Route = createFileRoute('/_app/market/summaries')({ component: Summaries });
