import { createFileRoute } from '@tanstack/react-router';
import { PaymentPage } from '../payments/payment-page.tsx';

export const Route = createFileRoute('/_app/payments/$paymentId')({ component: PaymentPage });
