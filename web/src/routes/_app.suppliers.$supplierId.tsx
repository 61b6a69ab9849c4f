import { createFileRoute } from '@tanstack/react-router';
import { SupplierProfile } from '../suppliers/supplier-profile.tsx';

export const Route = createFileRoute('/_app/suppliers/$supplierId')({ component: SupplierProfile });
