import type { Answer } from '../api/shapes.ts';
import type { Tone } from '../design/status.tsx';

export type MyDocument = Answer<'/api/documents/my'>[number];
export type Details = Answer<'/api/documents/{id}/details'>;

const types: Record<MyDocument['type'], string> = {
  purchase_agreement: 'Purchase agreement',
  supply_agreement: 'Supply agreement',
  holding_proof: 'Proof of a holding',
  accreditation_evidence: 'Proof of accreditation',
  supplier_evidence: 'Supplier evidence',
  rfq_attachment: 'Attachment of a request',
  order_document: 'Document of an order',
};

/** What kind of document it is, in words. */
export const typeLabel = (type: MyDocument['type']): string => types[type];

/** A document's state in words; amber waits for my signature. */
export function documentState(
  document: Pick<MyDocument, 'status' | 'needsMySignature'> & Partial<Pick<MyDocument, 'mySignature'>>,
): { label: string; tone: Tone } {
  switch (document.status) {
    case 'voided':
      return { label: 'Void', tone: 'red' };
    case 'stored':
      return { label: 'On file', tone: 'plain' };
    case 'signed':
      return { label: 'Signed by both', tone: 'green' };
    default:
      return document.needsMySignature
        ? { label: 'Waits for your signature', tone: 'amber' }
        : { label: 'The other side signs', tone: 'blue' };
  }
}
