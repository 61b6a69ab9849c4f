import { createFileRoute } from '@tanstack/react-router';
import { AmendRfq } from '../rfqs/amend.tsx';

export const Route = createFileRoute('/_app/rfq/$rfqId/amend')({ component: AmendRfq });
