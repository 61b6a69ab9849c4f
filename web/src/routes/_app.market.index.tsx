import { createFileRoute } from '@tanstack/react-router';
import { Board } from '../market/board.tsx';

export const Route = createFileRoute('/_app/market/')({ component: Board });
