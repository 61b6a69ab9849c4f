import { createFileRoute } from '@tanstack/react-router';
import { Orders, ordersSearch } from '../orders/orders.tsx';

export const Route = createFileRoute('/_app/orders/')({ validateSearch: ordersSearch, component: Orders });
