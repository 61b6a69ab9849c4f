import { createFileRoute } from '@tanstack/react-router';
import { PaymentsDesk, paymentsSearch } from '../operations/payments/payments-desk.tsx';

export const Route = createFileRoute('/_app/admin/payments')({
  validateSearch: paymentsSearch,
  component: PaymentsDesk,
});
