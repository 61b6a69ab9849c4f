import { createFileRoute } from '@tanstack/react-router';
import { AskQuote, askQuoteSearch } from '../quotes/ask-quote.tsx';

export const Route = createFileRoute('/_app/quotes/new')({ validateSearch: askQuoteSearch, component: AskQuote });
