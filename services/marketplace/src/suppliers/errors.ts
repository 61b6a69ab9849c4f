import { errorTable } from '@clearlot/kernel';

/** Expected failures around suppliers. */
export const supplierErrors = errorTable({
  MARKETPLACE_SUPPLIER_NOT_FOUND: ['missing', 'There is no such supplier.'],
  MARKETPLACE_SUPPLIER_EXISTS: ['conflict', 'You have applied as a supplier already.'],
  MARKETPLACE_SUPPLIER_WRONG_STATUS: ['conflict', 'The supplier is in a status that does not allow this.'],
  MARKETPLACE_SUPPLIER_INCOMPLETE: ['conflict', 'The application is not complete.'],
  MARKETPLACE_SUPPLIER_IDENTITY_FIXED: ['conflict', 'Name and country cannot change once they were submitted.'],
  MARKETPLACE_SUPPLIER_CERTIFICATE_EXISTS: ['conflict', 'This certificate has been added already.'],
  MARKETPLACE_SUPPLIER_DOCUMENT_NOT_FOUND: ['missing', 'There is no such document of yours.'],
});
