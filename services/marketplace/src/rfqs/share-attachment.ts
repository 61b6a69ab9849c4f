import type { Ctx } from '../clients.ts';
import type { Rfq } from './tables.ts';

/** Lets those an RFQ is sent to read a file: everybody who is signed in, or the people of the invited suppliers. */
export async function shareAttachment(
  { clients }: Pick<Ctx, 'clients'>,
  { visibility }: Pick<Rfq, 'visibility'>,
  documentId: string,
  invitedOwnerIds: readonly string[],
): Promise<void> {
  const readers = visibility === 'open' ? [undefined] : invitedOwnerIds;
  for (const readerId of readers) await clients.documents.shareFile({ documentId, readerId });
}
