import { linkOptions } from '@tanstack/react-router';
import type { Answer } from '../api/shapes.ts';
import { formatCount } from '../money/format.ts';
import type { OrderRow } from '../orders/order-state.ts';
import type { QuoteRow } from '../quotes/quote-state.ts';
import { type MyCompany, missingParts } from '../suppliers/application-state.ts';
import { byDue, type Task } from './tasks.tsx';

const dayMs = 86_400_000;
const renewalDays = 60;

type Rfq = Pick<Answer<'/api/rfqs'>['items'][number], 'rfqId' | 'title' | 'version' | 'deadlineAt'>;
type Response = Answer<'/api/rfqs/{id}/responses/my'>[number];
type Paper = Pick<Answer<'/api/documents/my'>[number], 'documentId' | 'title' | 'needsMySignature'>;

/** All that a supplier's tasks follow from. Null is a company that has not applied. */
export interface SupplierSituation {
  company: Pick<MyCompany, 'status' | 'onboarding' | 'certificates'> | null;
  hasProducts: boolean;
  quotes: readonly Pick<QuoteRow, 'quoteId' | 'turn' | 'productTitle' | 'quantityKg' | 'expiresAt' | 'round'>[];
  orders: readonly Pick<OrderRow, 'orderId' | 'title' | 'status' | 'deadlineAt'>[];
  /** Open requests, each with my hand-ins. */
  rfqs: readonly { rfq: Rfq; mine: readonly Pick<Response, 'status' | 'rfqVersion' | 'acknowledgedVersion'>[] }[];
  papers: readonly Paper[];
}

/** What waits on a supplier, what is due first first. */
export function supplierTasks(situation: SupplierSituation, now: number): Task[] {
  const { company, hasProducts, quotes, orders, rfqs, papers } = situation;
  return [
    ...applicationTasks(company, hasProducts),
    ...byDue([
      ...quotes.filter(({ turn }) => turn === 'supplier').map(quoteTask),
      ...orders.flatMap(orderTasks),
      ...rfqs.filter(({ rfq }) => Date.parse(rfq.deadlineAt) > now).flatMap(rfqTasks),
      ...papers.filter(({ needsMySignature }) => needsMySignature).map(signTask),
      ...(company?.certificates ?? []).filter(({ expiresOn }) => expiresSoon(expiresOn, now)).map(renewTask),
    ]),
  ];
}

function applicationTasks(company: SupplierSituation['company'], hasProducts: boolean): Task[] {
  const link = linkOptions({ to: '/supplier' });
  if (!company) {
    return [
      { key: 'apply', title: 'Apply as a supplier', about: 'Buyers find you once your papers are reviewed.', link },
    ];
  }
  const tasks: Task[] = [];
  if (company.status === 'draft' || company.status === 'rejected') {
    const missing = missingParts(company).join(', ').toLowerCase();
    const title = company.status === 'draft' ? 'Complete your application' : 'Answer the review and hand in again';
    tasks.push({ key: 'application', title, about: missing ? `Still missing: ${missing}` : 'Ready to hand in', link });
  }
  if (!hasProducts) {
    const first = linkOptions({ to: '/supplier/products/new' });
    tasks.push({
      key: 'product',
      title: 'List your first product',
      about: 'Requests are matched by products.',
      link: first,
    });
  }
  return tasks;
}

function quoteTask({ quoteId, productTitle, quantityKg, expiresAt, round }: SupplierSituation['quotes'][number]): Task {
  return {
    key: quoteId,
    title: round === 0 ? 'Quote a price' : 'Answer a counter-offer',
    about: `${productTitle}, ${formatCount(quantityKg)} kg`,
    due: expiresAt,
    link: linkOptions({ to: '/quotes/$quoteId', params: { quoteId } }),
  };
}

function orderTasks({ orderId, title, status, deadlineAt }: SupplierSituation['orders'][number]): Task[] {
  const said: Partial<Record<OrderRow['status'], string>> = {
    funded: 'Ship an order',
    inspected: 'Check what the buyer found',
    disputed: 'Settle a dispute',
  };
  const what = said[status];
  if (!what) return [];
  const link = linkOptions({ to: '/orders/$orderId', params: { orderId } });
  return [{ key: orderId, title: what, about: title, due: deadlineAt, link }];
}

function rfqTasks({ rfq: { rfqId, title, version, deadlineAt }, mine }: SupplierSituation['rfqs'][number]): Task[] {
  const link = linkOptions({ to: '/rfq/$rfqId', params: { rfqId } });
  const standing = mine.find(({ status }) => status === 'sealed');
  if (!standing) return [{ key: rfqId, title: 'Respond to a request', about: title, due: deadlineAt, link }];
  const seen = standing.acknowledgedVersion ?? standing.rfqVersion;
  if (seen >= version) return [];
  return [{ key: rfqId, title: 'A request changed after you responded', about: title, due: deadlineAt, link }];
}

function signTask({ documentId, title }: Paper): Task {
  const link = linkOptions({ to: '/documents/$documentId', params: { documentId } });
  return { key: documentId, title: 'Sign an agreement', about: title, link };
}

function renewTask({ certificateId, kind, expiresOn }: MyCompany['certificates'][number]): Task {
  const link = linkOptions({ to: '/supplier' });
  return { key: certificateId, title: 'Renew a certificate', about: kind, due: expiresOn, link };
}

function expiresSoon(day: string, now: number): boolean {
  const left = Date.parse(day) - now;
  return left > 0 && left < renewalDays * dayMs;
}
