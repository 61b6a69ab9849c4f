import { createFileRoute } from '@tanstack/react-router';
import { OrdersDesk, ordersSearch } from '../operations/orders/orders-desk.tsx';

export const Route = createFileRoute('/_app/admin/orders')({ validateSearch: ordersSearch, component: OrdersDesk });
