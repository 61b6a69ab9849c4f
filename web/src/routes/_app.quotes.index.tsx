import { createFileRoute } from '@tanstack/react-router';
import { Quotes, quotesSearch } from '../quotes/quotes.tsx';

export const Route = createFileRoute('/_app/quotes/')({ validateSearch: quotesSearch, component: Quotes });
