import { createFileRoute } from '@tanstack/react-router';
import { QuotePage } from '../quotes/quote-page.tsx';

export const Route = createFileRoute('/_app/quotes/$quoteId')({ component: QuotePage });
