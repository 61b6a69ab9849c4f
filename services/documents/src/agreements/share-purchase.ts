import { displayMoney } from '@clearlot/kernel';
import {
  type Clause,
  type ContractText,
  displayCount,
  displayDate,
  type SharePurchase,
  type Term,
} from './contract.ts';

/** The text of an agreement on shares. */
export function sharePurchaseText(contract: SharePurchase): ContractText {
  return {
    name: 'Share purchase agreement',
    title: `Share purchase agreement: ${displayShares(contract)} of ${contract.companyName}`,
    terms: keyTerms(contract),
    goods: [],
    preamble: preamble(contract),
    clauses: clausesOf(contract),
    signatories: { seller: contract.seller.name, buyer: contract.buyer.name },
  };
}

/** `1,250 Common shares` */
function displayShares(contract: Pick<SharePurchase, 'shares' | 'shareType'>): string {
  return `${displayCount(contract.shares)} ${displayShareType(contract.shareType)} ${contract.shares === 1n ? 'share' : 'shares'}`;
}

/** `series_a` → `Series A`; a name with capitals of its own stays as it is. */
function displayShareType(shareType: string): string {
  const words = shareType.trim().replaceAll('_', ' ');
  return words === words.toLowerCase() ? words.replaceAll(/\b\p{Ll}/gu, (letter) => letter.toUpperCase()) : words;
}

function keyTerms(contract: SharePurchase): Term[] {
  const { seller, buyer, currency } = contract;
  return [
    { label: 'Seller', value: seller.name, detail: `Clearlot account ${seller.id}`, decides: true },
    { label: 'Buyer', value: buyer.name, detail: `Clearlot account ${buyer.id}`, decides: true },
    { label: 'Company', value: contract.companyName },
    { label: 'Program', value: contract.dealName },
    { label: 'Shares', value: displayShares(contract), decides: true },
    { label: 'Price per share', value: displayMoney(contract.priceMinor, currency) },
    { label: 'Purchase price', value: displayMoney(contract.amountMinor, currency), decides: true },
    { label: 'Agreement date', value: displayDate(contract.issuedAt) },
  ];
}

function preamble(contract: SharePurchase): string {
  return (
    `This agreement is made on ${displayDate(contract.issuedAt)} between ${contract.seller.name} (the “Seller”) and ` +
    `${contract.buyer.name} (the “Buyer”). It records one sale in ${contract.dealName} (the “Program”), a secondary ` +
    `sale of shares of ${contract.companyName} (the “Company”) run on Clearlot.`
  );
}

function clausesOf(contract: SharePurchase): Clause[] {
  const price = displayMoney(contract.priceMinor, contract.currency);
  const total = displayMoney(contract.amountMinor, contract.currency);
  return [
    {
      heading: 'Sale and purchase',
      paragraphs: [
        `The Seller sells and the Buyer buys ${displayShares(contract)} of the Company (the “Shares”), with all rights ` +
          'attached to them at Closing and free of any lien, pledge, option or other claim.',
        `The price is ${price} for each Share and ${total} in total (the “Purchase Price”). It is fixed and is not ` +
          'adjusted after signing.',
        'Each party bears its own taxes and its own costs of this sale.',
      ],
    },
    {
      heading: 'Escrow',
      paragraphs: [
        'When all parties to the Program have signed, Clearlot gives the Buyer wire instructions with a unique ' +
          'reference. The Buyer pays the whole Purchase Price by wire to the escrow account named there, quoting that ' +
          'reference, and never to the Seller directly.',
        'Until Closing the Purchase Price is held in escrow for the parties, recorded separately for the Buyer, and is ' +
          'not used for any other purpose. A payment that is short, over or received twice is shown to the Buyer and ' +
          'settled through the same account.',
        'The escrow is released only when every agreement of the Program is signed by both of its parties, every ' +
          'purchase price of the Program is held in full, and every buyer is still an accredited investor.',
        'If the Program is cancelled before release, this agreement ends without liability for either party, the ' +
          'amount held is returned to the Buyer, and the Shares remain the property of the Seller.',
      ],
    },
    {
      heading: 'Closing',
      paragraphs: [
        'Closing takes place at the moment the escrow is released. At that moment title to the Shares passes to the ' +
          'Buyer, the right to the Purchase Price passes to the Seller, and the register of holdings records both.',
        'After Closing the Purchase Price is paid out to the bank account the Seller has on record, in full unless ' +
          'the law requires a part to be withheld.',
        'Each party signs what the Company or its transfer agent reasonably needs to enter the transfer in the ' +
          'register of shareholders.',
      ],
    },
    {
      heading: 'Representations of the Seller',
      paragraphs: [
        'The Seller is the sole legal and beneficial owner of the Shares, has good and valid title to them, and at ' +
          'Closing passes that title to the Buyer free of any claim.',
        'The Shares are fully vested and fully paid. Every right of first refusal, right of co-sale, consent and other ' +
          'restriction on this transfer has been complied with, has been waived or has lapsed.',
        'The Seller has the capacity and authority to sign and perform this agreement, and doing so breaks no law, ' +
          'order or contract that binds the Seller.',
        'The proof of holding given to Clearlot is genuine, complete and current.',
        'The Seller has decided to sell after making inquiries of their own, and accepts that the Shares may come to be worth more than ' +
          'the Purchase Price.',
      ],
    },
    {
      heading: 'Representations of the Buyer',
      paragraphs: [
        'The Buyer is an accredited investor within the meaning of Rule 501(a) of Regulation D under the United States ' +
          'Securities Act of 1933, and the evidence of that given to Clearlot is true and current.',
        'The Buyer acquires the Shares for its own account as an investment, and not with a view to distributing them.',
        'The Buyer understands that the Shares are not registered under the Securities Act, that they may be resold ' +
          'only under an exemption, and that they may have to be held indefinitely.',
        'The Buyer has had the opportunity to ask about the Company and the Shares, has the experience to judge the ' +
          'investment, and can bear the loss of all of it.',
        'The Purchase Price is paid from the Buyer’s own lawful funds, and the Buyer has the capacity and authority to ' +
          'sign and perform this agreement.',
      ],
    },
    {
      heading: 'Both parties',
      paragraphs: [
        'Neither party is the subject of sanctions, and neither acts for a person who is.',
        'Either party may know things about the Company that the other does not. Each party accepts this and relies on ' +
          'no statement of the other that is not in this agreement.',
        'Clearlot runs the Program and administers the escrow. It is not a party to this agreement and gives no advice ' +
          'or recommendation on it.',
        'The representations in this agreement are made on signing, are repeated at Closing and survive it. A party ' +
          'whose representation is untrue makes good the loss this causes to the other.',
      ],
    },
    {
      heading: 'General',
      paragraphs: [
        'This agreement binds the parties from the moment both have signed. Until then a party is not bound by it, and ' +
          'afterwards neither may withdraw except as section 2.4 provides.',
        'This is the whole agreement of the parties on the sale of the Shares. It is changed only in writing signed by ' +
          'both, and it is not assigned without the consent of the other party.',
        'If a provision is not enforceable, the rest remains in force.',
        'Notices are given through the Clearlot account of the party and take effect when they are available there.',
        'The parties sign electronically, under the Electronic Signatures in Global and National Commerce Act and the ' +
          'Uniform Electronic Transactions Act where they apply. A certificate of who signed, when and how is part of ' +
          'the signed document.',
        'This agreement is governed by the law of the jurisdiction in which the Company is incorporated, without regard ' +
          'to its rules on conflict of laws, and the courts of that jurisdiction decide disputes about it.',
      ],
    },
  ];
}
