import { createFileRoute } from '@tanstack/react-router';
import { AnnounceSale } from '../auctions/announce/announce.tsx';

export const Route = createFileRoute('/_app/auctions/new')({ component: AnnounceSale });
