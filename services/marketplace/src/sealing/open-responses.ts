import type { Tx } from '@clearlot/service';
import type { JWK } from 'jose';
import { type ResponseContentJson, responseContent } from '../responses/content.ts';
import { lockAllSealed, saveResponse } from '../responses/store.ts';
import type { Response } from '../responses/tables.ts';
import { unkeepable } from './canonical-json.ts';
import { unseal } from './envelope.ts';

/**
 * Opens every sealed response of an RFQ that the transaction has locked; one whose envelope fails becomes `unreadable` and
 * holds up nobody. Answers how many were opened and who handed in.
 */
export async function openResponses(
  tx: Tx,
  rfqId: string,
  privateKey: JWK,
): Promise<{ opened: number; supplierOwnerIds: string[] }> {
  const rows = await lockAllSealed(tx, rfqId);
  let opened = 0;
  for (const row of rows) {
    const content = await contentOf(row, privateKey);
    if (content) opened++;
    await saveResponse(tx, row, content ? { status: 'opened', content, openedAt: tx.now } : { status: 'unreadable' });
  }
  return { opened, supplierOwnerIds: rows.map((row) => row.supplierOwnerId) };
}

async function contentOf(row: Response, privateKey: JWK): Promise<ResponseContentJson | undefined> {
  try {
    const content = (await unseal(privateKey, row, row)) as ResponseContentJson;
    return unkeepable(content) || !responseContent.safeParse(content).success ? undefined : content;
  } catch {
    return undefined;
  }
}
