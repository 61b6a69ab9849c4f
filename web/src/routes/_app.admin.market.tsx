import { createFileRoute } from '@tanstack/react-router';
import { MarketDesk } from '../operations/market/market-desk.tsx';
import { marketDeskSearch } from '../operations/market/market-desk-search.ts';

export const Route = createFileRoute('/_app/admin/market')({ validateSearch: marketDeskSearch, component: MarketDesk });
