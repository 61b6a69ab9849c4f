import { createFileRoute } from '@tanstack/react-router';
import { Payments, paymentsSearch } from '../payments/payments.tsx';

export const Route = createFileRoute('/_app/payments/')({ validateSearch: paymentsSearch, component: Payments });
