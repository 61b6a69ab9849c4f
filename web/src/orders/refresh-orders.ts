import { useQueryClient } from '@tanstack/react-query';

/** Everything that shows orders or their money asks for it again. */
export function useRefreshOrders(): () => Promise<unknown> {
  const queries = useQueryClient();
  const shown = ['/api/orders', '/api/orders/{id}', '/api/payments/my', '/api/payments/{id}'];
  return () => Promise.all(shown.map((path) => queries.invalidateQueries({ queryKey: ['get', path] })));
}
