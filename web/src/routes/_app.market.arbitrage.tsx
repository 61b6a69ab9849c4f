import { createFileRoute } from '@tanstack/react-router';
import { ArbitragePage } from '../market/arbitrage.tsx';

export const Route = createFileRoute('/_app/market/arbitrage')({ component: ArbitragePage });
