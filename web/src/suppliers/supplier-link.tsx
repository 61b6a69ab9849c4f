import { Link } from '@tanstack/react-router';
import { server } from '../api/client.ts';

const minuteMs = 60_000;

/** A supplier's name; until it is known, or where it is no longer shown, "the supplier". */
export function useSupplierName(supplierId: string): string {
  const { data } = server.useQuery(
    'get',
    '/api/suppliers/{id}',
    { params: { path: { id: supplierId } } },
    { staleTime: 5 * minuteMs },
  );
  return data?.legalName ?? 'the supplier';
}

/** A supplier's name as the way to its profile. */
export function SupplierLink({ supplierId }: { supplierId: string }) {
  return (
    <Link to="/suppliers/$supplierId" params={{ supplierId }} className="text-accent underline">
      {useSupplierName(supplierId)}
    </Link>
  );
}
