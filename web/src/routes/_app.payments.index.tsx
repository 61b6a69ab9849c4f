import { createFileRoute } from '@tanstack/react-router';
import { Payments } from '../payments/payments.tsx';
import { paymentsSearch } from '../payments/payments-search.ts';

export const Route = createFileRoute('/_app/payments/')({ validateSearch: paymentsSearch, component: Payments });
