import { newId } from '@clearlot/kernel';
import type { Ctx } from '../clients.ts';
import { supplierErrors } from './errors.ts';
import { insertCertificate, lockSupplierOf, withFiles } from './store.ts';
import type { SupplierCertificate } from './tables.ts';

export interface NewCertificate {
  kind: string;
  number: string;
  issuedBy: string;
  /** Days, `2026-11-24`. */
  validFrom: string;
  expiresOn: string;
  documentId: string | null;
}

/**
 * Adds a certificate, with the document that shows it if it was uploaded. Errors: MARKETPLACE_SUPPLIER_NOT_FOUND,
 * MARKETPLACE_SUPPLIER_DOCUMENT_NOT_FOUND, MARKETPLACE_SUPPLIER_CERTIFICATE_EXISTS.
 */
export async function addCertificate(ctx: Ctx, input: NewCertificate): Promise<SupplierCertificate> {
  return ctx.transaction('AddCertificate', async (tx) => {
    const supplier = await lockSupplierOf(tx, ctx.actor.id);
    if (!supplier) throw supplierErrors.error('MARKETPLACE_SUPPLIER_NOT_FOUND');
    const [file] = await withFiles(tx, [supplier]);
    if (input.documentId && !file?.documents.some(({ documentId }) => documentId === input.documentId)) {
      throw supplierErrors.error('MARKETPLACE_SUPPLIER_DOCUMENT_NOT_FOUND');
    }
    const row: SupplierCertificate = {
      id: newId(),
      supplierId: supplier.id,
      ownerId: ctx.actor.id,
      ...input,
      supplierVerified: supplier.status === 'verified',
      createdAt: tx.now,
    };
    if (file?.certificates.some(({ kind, number }) => kind === input.kind && number === input.number)) {
      throw supplierErrors.error('MARKETPLACE_SUPPLIER_CERTIFICATE_EXISTS');
    }
    insertCertificate(tx, row);
    return row;
  });
}
