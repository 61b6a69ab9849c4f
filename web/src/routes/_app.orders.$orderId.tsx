import { createFileRoute } from '@tanstack/react-router';
import { OrderPage } from '../orders/order-page.tsx';

export const Route = createFileRoute('/_app/orders/$orderId')({ component: OrderPage });
