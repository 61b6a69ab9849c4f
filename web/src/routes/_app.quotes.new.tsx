import { createFileRoute } from '@tanstack/react-router';
import { AskQuote } from '../quotes/ask-quote.tsx';
import { askQuoteSearch } from '../quotes/ask-quote-search.ts';

export const Route = createFileRoute('/_app/quotes/new')({ validateSearch: askQuoteSearch, component: AskQuote });
