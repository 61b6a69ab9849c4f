import { Count, Instant, Money } from '../design/figures.tsx';
import { Facts, Section } from '../design/page.tsx';
import type { Details } from './document-words.ts';

type Agreement = NonNullable<Details['agreement']>;

/** What an agreement says, in the figures that decide: the PDF beside says all of it. */
export function AgreementFacts({ agreement }: { agreement: Agreement }) {
  const { seller, buyer, amount, currency, companyName, shareType, shares, pricePerShare, supply, dealName } =
    agreement;
  return (
    <Section title="What it says">
      <Facts
        facts={[
          ['Seller', seller.name],
          ['Buyer', buyer.name],
          ...(shares === null
            ? []
            : ([
                ['Company', companyName],
                ['Shares', <Count key="shares" value={shares} unit={`${shareType ?? ''} shares`.trim()} />],
                ['Price per share', <Money key="price" amount={pricePerShare} currency={currency} />],
              ] as const)),
          ...(supply
            ? ([
                ['Supplier', supply.supplierName],
                ['Delivery', `${supply.incoterm} ${supply.place}`],
                ['Inspection', `${supply.inspectionDays} days after delivery`],
              ] as const)
            : []),
          [
            'Amount',
            <span key="amount" className="font-semibold">
              <Money amount={amount} currency={currency} />
            </span>,
          ],
          ['For', dealName],
        ]}
      />
      {supply && (
        <ul className="mt-4 divide-y divide-line border-t border-line">
          {supply.lines.map((line) => (
            <li key={line.lineId} className="py-2 text-sm">
              <p className="font-medium">{line.title}</p>
              <p className="text-muted">
                <Count value={line.quantityKg} unit="kg" /> ({line.basis}) at{' '}
                <Money amount={line.pricePerTonne} currency={currency} /> a tonne:{' '}
                <Money amount={line.amount} currency={currency} />, delivered <Instant at={line.deliverFrom} dateOnly />{' '}
                to <Instant at={line.deliverTo} dateOnly />
              </p>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
