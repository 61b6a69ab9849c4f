import { Count, Instant, Money } from '../design/figures.tsx';
import { Facts, Section } from '../design/page.tsx';
import { words } from '../design/status.tsx';
import { fromMinor } from '../money/amount.ts';
import { formatInstant, formatMoney } from '../money/format.ts';
import { formatShare } from '../products/assay.ts';
import { basisMeaning, incotermMeanings } from '../products/commodity.ts';
import { SupplierLink } from '../suppliers/supplier-link.tsx';
import { type Auction, formats, type Rules } from './auction.ts';
import { lasting } from './countdown.ts';

/** What is auctioned, under which rules. */
export function LotTerms({ auction, rules }: { auction: Auction; rules: Rules }) {
  const { currency, format, supplierId, description, limits, deposit, reserve } = auction;
  return (
    <Section title="The lot and the rules">
      <div className="grid gap-5">
        {description && <p className="max-w-prose whitespace-pre-line">{description}</p>}
        <Facts
          columns={3}
          facts={[
            ['Product', `${words(auction.productType)}, ${auction.grade} grade`],
            ['Quantity', <Count key="quantity" value={auction.quantityKg} unit="kg" />],
            ['Mass counted', basisMeaning[auction.basis]],
            ['Delivery', `${auction.incoterm} ${auction.place} (${incotermMeanings[auction.incoterm].toLowerCase()})`],
            [
              'Delivered between',
              <span key="window">
                <Instant at={auction.deliverFrom.slice(0, 10)} dateOnly /> and{' '}
                <Instant at={auction.deliverTo.slice(0, 10)} dateOnly />
              </span>,
            ],
            ...(supplierId ? [['Seller', <SupplierLink key="seller" supplierId={supplierId} />] as const] : []),
            ['Deposit', <Money key="deposit" amount={deposit} currency={currency} />],
            ['Time to confirm', `${auction.confirmHours} hours after the close`],
            ...(reserve === null
              ? [['Reserve', rules.hasReserve ? 'There is one, and it is hidden' : 'None'] as const]
              : [['Your hidden reserve', <Money key="reserve" amount={reserve} currency={currency} />] as const]),
          ]}
        />
        {limits.length > 0 && (
          <ul aria-label="Assay limits" className="flex flex-wrap gap-x-6 gap-y-1 text-sm">
            {limits.map(({ analyte, min, max }) => (
              <li key={analyte} className="figures">
                {analyte}
                {min !== null && ` at least ${formatShare(min)}`}
                {max !== null && ` at most ${formatShare(max)}`}
              </li>
            ))}
          </ul>
        )}
        <div className="grid gap-1">
          <h3 className="font-semibold">{formats[format].name}</h3>
          <p className="max-w-prose text-muted">{formats[format].rule}</p>
          <ul className="grid list-disc gap-0.5 pl-5 text-sm text-muted">
            {rulesInWords(rules, currency).map((rule) => (
              <li key={rule}>{rule}</li>
            ))}
          </ul>
        </div>
      </div>
    </Section>
  );
}

function rulesInWords(rules: Rules, currency: string): string[] {
  const said = (minor: string) => formatMoney(fromMinor(BigInt(minor), currency), currency);
  const { increments = [], stepMinor, everyMs, floorMinor, rounds, roundMs, pauseMs, softClose } = rules;
  const { buyNowMinor, retractUntilMsBeforeClose: until } = rules;
  const lines = [`Starts at ${said(rules.startingMinor)} per tonne.`];
  const [only] = increments;
  if (increments.length === 1 && only) lines.push(`The price moves by ${said(only.stepMinor)} at least.`);
  else if (increments.length > 1) {
    const bands = increments.map(({ belowMinor, stepMinor: step }) =>
      belowMinor === null ? `${said(step)} above that` : `${said(step)} below ${said(belowMinor)}`,
    );
    lines.push(`The price moves at least by ${bands.join(', ')}.`);
  }
  if (everyMs !== undefined && stepMinor)
    lines.push(`The clock falls by ${said(stepMinor)} every ${lasting(everyMs)}.`);
  if (floorMinor) lines.push(`It stops at ${said(floorMinor)}.`);
  if (roundMs !== undefined) {
    lines.push(
      rounds === undefined ? `A round lasts ${lasting(roundMs)}.` : `${rounds} rounds of ${lasting(roundMs)}.`,
    );
  }
  if (pauseMs) lines.push(`Between two rounds is a pause of ${lasting(pauseMs)}.`);
  if (rounds !== undefined && stepMinor) lines.push(`Each offer of yours is at least ${said(stepMinor)} lower.`);
  if (buyNowMinor) lines.push(`It can be had at once for ${said(buyNowMinor)} while bidding is short of that.`);
  if (softClose) {
    lines.push(`No extension goes past ${formatInstant(softClose.hardStopAt)}.`);
  }
  lines.push(
    until === undefined
      ? 'Bids cannot be taken back.'
      : `Your last bid can be taken back until ${until === 0 ? 'the announced close' : `${lasting(until)} before the announced close`}.`,
  );
  return lines;
}
