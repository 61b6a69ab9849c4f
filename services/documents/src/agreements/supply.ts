import { displayMoney } from '@clearlot/kernel';
import {
  type Clause,
  type ContractText,
  displayCount,
  displayDate,
  type Good,
  type Supply,
  type Term,
} from './contract.ts';

/** The text of an agreement on goods. */
export function supplyText(contract: Supply): ContractText {
  const { seller, buyer, terms } = contract;
  return {
    name: 'Supply agreement',
    title: `Supply agreement: ${contract.dealName}, ${terms.supplierName}`,
    terms: keyTerms(contract),
    goods: terms.lines.map((line) => goodOf(line, contract.currency)),
    preamble:
      `This agreement is made on ${displayDate(contract.issuedAt)} between ${terms.supplierName} (the “Seller”), for ` +
      `which ${seller.name} signs, and ${buyer.name} (the “Buyer”). It records one sale of goods in ` +
      `${contract.dealName} (the “Purchase”), agreed on Clearlot.`,
    clauses: [
      ...saleClauses(contract),
      ...deliveryClauses(contract),
      ...qualityClauses(contract),
      ...moneyClauses(),
      ...partyClauses(),
      generalClause(),
    ],
    signatories: { seller: `${seller.name}, for ${terms.supplierName}`, buyer: buyer.name },
  };
}

function keyTerms(contract: Supply): Term[] {
  const { seller, buyer, terms, currency } = contract;
  return [
    {
      label: 'Seller',
      value: terms.supplierName,
      detail: `Signed for by ${seller.name}, Clearlot account ${seller.id}`,
      decides: true,
    },
    { label: 'Buyer', value: buyer.name, detail: `Clearlot account ${buyer.id}`, decides: true },
    { label: 'Purchase', value: contract.dealName },
    { label: 'Delivery', value: deliveryRule(contract) },
    { label: 'Quantity tolerance', value: toleranceOf(contract) },
    { label: 'Inspection', value: `${displayDays(terms.inspectionDays)} from each delivery` },
    { label: 'Total price', value: displayMoney(contract.amountMinor, currency), decides: true },
    { label: 'Agreement date', value: displayDate(contract.issuedAt) },
  ];
}

function goodOf(line: Supply['terms']['lines'][number], currency: string): Good {
  const window = `${displayDate(line.deliverFrom)} to ${displayDate(line.deliverTo)}`;
  return {
    title: line.title,
    details: [
      `${displayProduct(line.productType)}, ${line.grade.replaceAll('_', ' ')} grade. To be delivered ${window}.`,
      ...(line.specification ? [`Specification: ${line.specification}`] : []),
    ],
    quantity: `${displayTonnes(line.quantityKg)} t`,
    quantityDetail: `${displayCount(line.quantityKg)} kg, ${line.basis} basis`,
    price: displayMoney(line.priceMinorPerTonne, currency),
    priceDetail: `per tonne, ${line.basis}`,
    amount: displayMoney(line.amountMinor, currency),
  };
}

function saleClauses(contract: Supply): Clause[] {
  return [
    {
      heading: 'Sale and purchase',
      paragraphs: [
        'The Seller sells and delivers, and the Buyer buys and accepts, the goods in the table above (the “Goods”), each ' +
          'line in its quantity, on its basis and to its specification.',
        `The price of each line is stated per tonne of 1,000 kilograms. For the quantities stated the Goods cost ` +
          `${displayMoney(contract.amountMinor, contract.currency)} in total (the “Price”).`,
        'On the dry basis a quantity is the mass of the Goods without the water in them, as section 3 determines it; on ' +
          'the wet basis it is their mass as delivered, without packaging.',
      ],
    },
  ];
}

function deliveryClauses(contract: Supply): Clause[] {
  const { quantityTolerancePpm } = contract.terms;
  const tolerance = displayPercent(quantityTolerancePpm);
  return [
    {
      heading: 'Delivery, title and risk',
      paragraphs: [
        `The Seller delivers ${deliveryRule(contract)}, published by the International Chamber of Commerce. That rule ` +
          'decides who carries, insures, exports and imports, who bears which costs, and when risk passes to the Buyer.',
        'Each line is delivered within its delivery window, at once or in several deliveries. A party that learns of a ' +
          'delay tells the other at once and says how long it will be.',
        quantityTolerancePpm > 0
          ? `The Seller may deliver up to ${tolerance} more or less than the quantity of a line, and the Buyer pays for ` +
            'what is delivered. More or less than that is not delivery under this agreement unless the Buyer accepts it.'
          : 'The Seller delivers the quantity of each line exactly; more or less is not delivery under this agreement ' +
            'unless the Buyer accepts it.',
        'Title to the Goods of a delivery passes to the Buyer when the escrow is released for that delivery. Until then ' +
          'the Buyer keeps them apart and insured, and neither uses nor resells them except for sampling.',
        'With each delivery the Seller hands over the certificate of analysis of every lot, the packing list with gross ' +
          'and net mass, the safety data sheet, the certificate of origin and the transport document of the rule named.',
      ],
    },
  ];
}

function qualityClauses({ terms }: Supply): Clause[] {
  const days = displayDays(terms.inspectionDays);
  return [
    {
      heading: 'Weight, sampling and inspection',
      paragraphs: [
        'Mass, moisture and assay of each delivery are first those of the Seller’s weight certificate and certificate of ' +
          'analysis, made on samples drawn and split by a recognised standard, of which one sealed part is kept for an umpire.',
        `The Buyer has ${days} from the delivery to weigh, sample and inspect the Goods, and within that time accepts the ` +
          'delivery on Clearlot or disputes it there with its reasons. A delivery that is neither accepted nor disputed ' +
          'within that time counts as accepted.',
        'Where the results of the parties differ by more than the splitting limit of the method, the sealed part is ' +
          'analysed by an independent accredited laboratory on which they agree. Its result binds both, and the party ' +
          'whose own result was further from it bears its cost.',
        'Goods outside of their specification may be rejected, or accepted at a price on which the parties agree. Goods ' +
          'that are rejected are taken back at the Seller’s cost and risk.',
      ],
    },
    {
      heading: 'Price adjustment',
      paragraphs: [
        'Where the request or the quote this agreement rests on states a price adjustment for an assay, the price per ' +
          'tonne of a delivery moves by the amount stated for each whole step by which the accepted assay is above or ' +
          'below the reference stated there. Otherwise the price per tonne is fixed.',
        'What a delivery costs is its accepted quantity at its price per tonne so adjusted, rounded half-even to the ' +
          'minor unit of the currency. Nothing else changes the price.',
        'Each party bears its own taxes. Duties are borne as the delivery rule provides.',
      ],
    },
  ];
}

function moneyClauses(): Clause[] {
  return [
    {
      heading: 'Escrow and payment',
      paragraphs: [
        'When both parties have signed, Clearlot gives the Buyer wire instructions with a unique reference. The Buyer pays ' +
          'the whole Price by wire to the escrow account named there, quoting that reference, and never to the Seller ' +
          'directly. The Seller need not ship before the Price is held in full.',
        'Until it is released the Price is held in escrow for the parties, recorded separately for the Buyer, and is not ' +
          'used for any other purpose. A payment that is short, over or received twice is shown to the Buyer and settled ' +
          'through the same account.',
        'When a delivery is accepted, or a dispute about it is decided, what it costs is released from escrow to the ' +
          'Seller and paid out to the bank account the Seller has on record. What a decision gives back to the Buyer is ' +
          'returned from escrow, and with the last delivery so is all that is left.',
        'What a delivery costs beyond what is held is owed by the Buyer and paid within ten days of its acceptance.',
        'If the Purchase is cancelled, this agreement ends for everything not yet delivered and the amount still held is ' +
          'returned to the Buyer. What was released for accepted deliveries stays released.',
      ],
    },
  ];
}

function partyClauses(): Clause[] {
  return [
    {
      heading: 'Warranties',
      paragraphs: [
        'The Seller warrants that the Goods conform to their specification, are new, fit to be used as their grade implies ' +
          'and packed for the carriage intended, and that the Buyer receives good title to them, free of any claim.',
        'The Seller warrants that the Goods are extracted, produced and exported lawfully, without forced or child labour, ' +
          'and that the certificates and evidence given to Clearlot and to the Buyer are genuine and current.',
        'The Buyer warrants that the Price is paid from its own lawful funds and that it may lawfully import and use the ' +
          'Goods.',
        'Each party warrants that it may sign and perform this agreement, that whoever signs for it is authorised, that ' +
          'neither it nor whom it acts for is the subject of sanctions, and that it complies with the law on exports and ' +
          'bribery.',
        'A party whose warranty is untrue, or that does not perform, makes good the foreseeable loss this causes to the ' +
          'other, but no loss of profit and in all no more than the Price. Nothing limits liability for intent or gross ' +
          'negligence.',
      ],
    },
    {
      heading: 'Events beyond control',
      paragraphs: [
        'A party kept from performing by what it could neither control nor foresee nor overcome is not liable for it while ' +
          'it lasts, if it tells the other at once. After ninety days either party may end this agreement for what is not ' +
          'delivered, and section 5.5 applies.',
      ],
    },
    {
      heading: 'Disputes',
      paragraphs: [
        'A dispute about a delivery is first raised on Clearlot, where both parties state their case and evidence. While ' +
          'it is open, what is held for the delivery stays in escrow.',
        'Clearlot may release or return what is held as both parties agree, as the umpire’s result of section 3.3 requires, ' +
          'or as a court or tribunal decides; failing these, as its operators find on the documents. That decides where ' +
          'the escrow goes and leaves each party free to claim more or otherwise in court.',
        'Clearlot administers the Purchase and the escrow. It is not a party to this agreement, does not own, inspect or ' +
          'carry the Goods, and gives no advice or recommendation on it.',
      ],
    },
  ];
}

function generalClause(): Clause {
  return {
    heading: 'General',
    paragraphs: [
      'This agreement binds the parties from the moment both have signed. Until then a party is not bound by it, and ' +
        'afterwards neither may withdraw except as sections 5.5 and 7.1 provide.',
      'This is the whole agreement of the parties on the Goods, with the specifications and adjustments of the request or ' +
        'quote it rests on; general terms of either party do not apply. It is changed only in writing signed by both, and ' +
        'it is not assigned without the consent of the other party.',
      'If a provision is not enforceable, the rest remains in force.',
      'Notices are given through the Clearlot account of the party and take effect when they are available there.',
      'The parties sign electronically, under the Electronic Signatures in Global and National Commerce Act and the ' +
        'Uniform Electronic Transactions Act where they apply. A certificate of who signed, when and how is part of ' +
        'the signed document.',
      'This agreement is governed by the United Nations Convention on Contracts for the International Sale of Goods and, ' +
        'in what it leaves open, by the law of the place where the Seller has its place of business, without regard to ' +
        'its rules on conflict of laws, and the courts of that place decide disputes about it.',
    ],
  };
}

function deliveryRule({ terms }: Supply): string {
  return `${terms.incoterm} ${terms.place}, Incoterms 2020`;
}

function toleranceOf({ terms }: Supply): string {
  if (terms.quantityTolerancePpm === 0) return 'None';
  return `${displayPercent(terms.quantityTolerancePpm)} more or less of each line`;
}

/** `lithium_carbonate` → `Lithium carbonate` */
function displayProduct(productType: string): string {
  const words = productType.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function displayDays(days: number): string {
  return `${days} ${days === 1 ? 'day' : 'days'}`;
}

/** 20,500 kg are `20.5` tonnes. */
function displayTonnes(kg: bigint): string {
  return withDecimals(kg, 3);
}

/** 50,000 parts per million are `5 %`. */
function displayPercent(ppm: number): string {
  return `${withDecimals(BigInt(ppm), 4)} %`;
}

/** A whole number of the last decimal place, without the zeros at the end. */
function withDecimals(units: bigint, places: number): string {
  const scale = 10n ** BigInt(places);
  const decimals = (units % scale).toString().padStart(places, '0').replace(/0+$/, '');
  return `${displayCount(units / scale)}${decimals ? `.${decimals}` : ''}`;
}
