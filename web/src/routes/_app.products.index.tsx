import { createFileRoute } from '@tanstack/react-router';
import { ProductSearch, productSearch } from '../products/product-search.tsx';

export const Route = createFileRoute('/_app/products/')({ validateSearch: productSearch, component: ProductSearch });
