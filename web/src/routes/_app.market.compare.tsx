import { createFileRoute } from '@tanstack/react-router';
import { Compare } from '../market/compare.tsx';

export const Route = createFileRoute('/_app/market/compare')({ component: Compare });
