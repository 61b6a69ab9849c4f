import { createFileRoute } from '@tanstack/react-router';
import { RfqPage } from '../rfqs/rfq-page.tsx';

export const Route = createFileRoute('/_app/rfq/$rfqId/')({ component: RfqPage });
