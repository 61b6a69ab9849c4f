import { createFileRoute } from '@tanstack/react-router';
import { Quotes } from '../quotes/quotes.tsx';
import { quotesSearch } from '../quotes/quotes-search.ts';

export const Route = createFileRoute('/_app/quotes/')({ validateSearch: quotesSearch, component: Quotes });
