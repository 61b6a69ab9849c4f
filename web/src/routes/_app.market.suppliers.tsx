import { createFileRoute } from '@tanstack/react-router';
import { SupplierPrices } from '../market/supplier-prices.tsx';

export const Route = createFileRoute('/_app/market/suppliers')({ component: SupplierPrices });
