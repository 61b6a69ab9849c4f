import { createFileRoute } from '@tanstack/react-router';
import { ProductPage } from '../products/product-page.tsx';

export const Route = createFileRoute('/_app/products/$productId')({ component: ProductPage });
