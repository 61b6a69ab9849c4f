import { createFileRoute } from '@tanstack/react-router';
import { AuctionPage } from '../auctions/auction-page.tsx';

export const Route = createFileRoute('/_app/auctions/$auctionId')({ component: AuctionPage });
