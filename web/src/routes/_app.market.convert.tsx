import { createFileRoute } from '@tanstack/react-router';
import { Convert } from '../market/convert.tsx';

export const Route = createFileRoute('/_app/market/convert')({ component: Convert });
