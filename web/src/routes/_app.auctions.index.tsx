import { createFileRoute } from '@tanstack/react-router';
import { Auctions, auctionsSearch } from '../auctions/auctions.tsx';

export const Route = createFileRoute('/_app/auctions/')({ validateSearch: auctionsSearch, component: Auctions });
