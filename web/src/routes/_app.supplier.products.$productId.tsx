import { createFileRoute } from '@tanstack/react-router';
import { EditProduct } from '../products/edit-product.tsx';

export const Route = createFileRoute('/_app/supplier/products/$productId')({ component: EditProduct });
