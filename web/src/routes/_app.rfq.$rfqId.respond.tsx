import { createFileRoute } from '@tanstack/react-router';
import { Respond } from '../rfqs/respond.tsx';

export const Route = createFileRoute('/_app/rfq/$rfqId/respond')({ component: Respond });
