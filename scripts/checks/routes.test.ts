import { expect, test } from 'vitest';
import { takenFromPages } from './routes.ts';

test('a route that reads the address by what stands in the file of its page is found', () => {
  const code = `
    import { createFileRoute } from '@tanstack/react-router';
    import {
      Orders,
      ordersSearch,
    } from '../orders/orders.tsx';
  `;
  expect(takenFromPages(code)).toEqual([{ name: 'ordersSearch', page: '../orders/orders.tsx' }]);
});

test('a route may take components and types of a page, and anything from files without a page', () => {
  const code = `
    import { Orders, type Order } from '../orders/orders.tsx';
    import { ordersSearch } from '../orders/orders-search.ts';
  `;
  expect(takenFromPages(code)).toEqual([]);
});
