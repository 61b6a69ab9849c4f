import { createFileRoute } from '@tanstack/react-router';
import { MyProducts } from '../products/my-products.tsx';

export const Route = createFileRoute('/_app/supplier/products/')({ component: MyProducts });
