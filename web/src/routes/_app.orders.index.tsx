import { createFileRoute } from '@tanstack/react-router';
import { Orders } from '../orders/orders.tsx';
import { ordersSearch } from '../orders/orders-search.ts';

export const Route = createFileRoute('/_app/orders/')({ validateSearch: ordersSearch, component: Orders });
