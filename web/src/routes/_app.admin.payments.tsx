import { createFileRoute } from '@tanstack/react-router';
import { PaymentsDesk } from '../operations/payments/payments-desk.tsx';
import { paymentsSearch } from '../operations/payments/payments-search.ts';

export const Route = createFileRoute('/_app/admin/payments')({
  validateSearch: paymentsSearch,
  component: PaymentsDesk,
});
