/** Somebody who signs, and their legal name. */
export interface Party {
  id: string;
  name: string;
}

interface ContractHead {
  documentId: string;
  agreementId: string;
  dealId: string;
  dealName: string;
  currency: string;
  amountMinor: bigint;
  seller: Party;
  buyer: Party;
  issuedAt: Date;
}

/** Shares of a company that one seller of a deal sells to one buyer of it. */
export interface SharePurchase extends ContractHead {
  kind: 'share_purchase';
  companyName: string;
  priceMinor: bigint;
  shares: bigint;
  shareType: string;
}

/** Goods that a supplier, for which the seller signs, delivers to a buyer. */
export interface Supply extends ContractHead {
  kind: 'supply';
  terms: SupplyTerms;
}

/** Everything an agreement says; the same contract is always the same document. */
export type Contract = SharePurchase | Supply;

/** What a supply agreement says of the goods and their delivery. */
export interface SupplyTerms {
  supplierName: string;
  /** An Incoterms 2020 rule, and the place it names. */
  incoterm: string;
  place: string;
  /** Parts per million, above and below. */
  quantityTolerancePpm: number;
  inspectionDays: number;
  lines: SupplyLine[];
}

/** One line of goods. Mass in kilograms, amounts in minor units. */
export interface SupplyLine {
  lineId: string;
  title: string;
  productType: string;
  grade: string;
  /** Limits in words. */
  specification: string;
  quantityKg: bigint;
  /** Dry or wet: with or without the water in it. */
  basis: string;
  priceMinorPerTonne: bigint;
  amountMinor: bigint;
  deliverFrom: Date;
  deliverTo: Date;
}

/** What an agreement says, in the parts a page is made of. */
export interface ContractText {
  /** `Share purchase agreement` */
  name: string;
  /** One line that tells agreements apart in a list. */
  title: string;
  /** The terms at a glance. */
  terms: Term[];
  /** The goods, one entry each, where there are any. */
  goods: Good[];
  /** The sentence the agreement opens with. */
  preamble: string;
  /** In order; each paragraph is numbered under its clause. */
  clauses: Clause[];
  /** The name under each signature. */
  signatories: { seller: string; buyer: string };
}

export interface Clause {
  heading: string;
  paragraphs: string[];
}

/** One line of a table of facts; what decides is set in bold. */
export interface Term {
  label: string;
  value: string;
  detail?: string;
  decides?: boolean;
}

/** One line of a table of goods; the details stand under what they explain. */
export interface Good {
  title: string;
  details: string[];
  quantity: string;
  quantityDetail: string;
  price: string;
  priceDetail: string;
  amount: string;
}

/** `1,250`: whole numbers as people read them, the same in every locale. */
export function displayCount(count: bigint): string {
  return count.toString().replace(/\B(?=(?:[0-9]{3})+$)/g, ',');
}

/** `21 Nov 2026`, in UTC. */
export function displayDate(at: Date): string {
  const [, day = '', month = '', year = ''] = /^\w+, (\d+) (\w+) (\d+)/.exec(at.toUTCString()) ?? [];
  return `${Number(day)} ${month} ${year}`;
}

/** `21 Nov 2026, 14:05:09 UTC` */
export function displayInstant(at: Date): string {
  return `${displayDate(at)}, ${at.toISOString().slice(11, 19)} UTC`;
}
