import { createFileRoute } from '@tanstack/react-router';
import { Help } from '../help/help.tsx';

export const Route = createFileRoute('/_app/help/')({ component: Help });
