import { createFileRoute } from '@tanstack/react-router';
import { Auctions } from '../auctions/auctions.tsx';
import { auctionsSearch } from '../auctions/auctions-search.ts';

export const Route = createFileRoute('/_app/auctions/')({ validateSearch: auctionsSearch, component: Auctions });
