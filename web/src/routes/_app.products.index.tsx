import { createFileRoute } from '@tanstack/react-router';
import { ProductSearch } from '../products/product-search.tsx';
import { productSearch } from '../products/search-terms.ts';

export const Route = createFileRoute('/_app/products/')({ validateSearch: productSearch, component: ProductSearch });
