import { createFileRoute } from '@tanstack/react-router';
import { AddProduct } from '../products/edit-product.tsx';

export const Route = createFileRoute('/_app/supplier/products/new')({ component: AddProduct });
