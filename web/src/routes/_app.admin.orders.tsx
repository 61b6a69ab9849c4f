import { createFileRoute } from '@tanstack/react-router';
import { OrdersDesk } from '../operations/orders/orders-desk.tsx';
import { ordersSearch } from '../operations/orders/orders-search.ts';

export const Route = createFileRoute('/_app/admin/orders')({ validateSearch: ordersSearch, component: OrdersDesk });
