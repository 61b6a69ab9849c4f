import type { Work } from '@clearlot/service';
import { rfqErrors } from '../rfqs/errors.ts';

/** The id of the actor's supplier. Errors: MARKETPLACE_SUPPLIER_NOT_VERIFIED, also where there is none. */
export async function verifiedSupplier({ sql }: Work, ownerId: string): Promise<string> {
  const [row] = await sql<
    { id: string }[]
  >`select id from supplier where owner_id = ${ownerId} and status = 'verified'`;
  if (!row) throw rfqErrors.error('MARKETPLACE_SUPPLIER_NOT_VERIFIED');
  return row.id;
}
