import { letter, required, type Template } from './letter.ts';

const action = { label: 'See your application', path: '/supplier' };

/** A supplier's application was handed in. Required: supplierName. */
export const supplierSubmitted: Template = (data, recipient) =>
  letter(recipient, {
    subject: `We have the application of ${required(data, 'supplierName')}`,
    paragraphs: [
      `We have the application of ${required(data, 'supplierName')} and now look at what you handed in.`,
      'Until we have answered, its name and country stay as they are; you can go on adding products.',
    ],
    action,
  });

/** A supplier is on the market, for the first time or again. Required: supplierName. Optional: notes. */
export const supplierVerified: Template = (data, recipient) =>
  letter(recipient, {
    subject: `${required(data, 'supplierName')} is verified`,
    paragraphs: [
      `${required(data, 'supplierName')} is a verified supplier. Buyers now find it and its listed products.`,
      'You can answer requests for quotation.',
    ],
    facts: [['Note', data.notes]],
    action: { label: 'See your products', path: '/supplier/products' },
  });

/** A supplier's application was turned down. Required: supplierName. Optional: notes. */
export const supplierRejected: Template = (data, recipient) =>
  letter(recipient, {
    subject: `The application of ${required(data, 'supplierName')} was not accepted`,
    paragraphs: [
      `We could not verify ${required(data, 'supplierName')} from what you handed in.`,
      'You can complete the application and hand it in again.',
    ],
    facts: [['Reason', data.notes]],
    action,
  });

/** A verified supplier was taken off the market. Required: supplierName. Optional: notes. */
export const supplierSuspended: Template = (data, recipient) =>
  letter(recipient, {
    subject: `${required(data, 'supplierName')} is suspended`,
    paragraphs: [
      `${required(data, 'supplierName')} is suspended: buyers no longer find it or its products.`,
      'Orders that run are not touched by this. Please write to us.',
    ],
    facts: [['Reason', data.notes]],
    action,
  });
