import { Dialog } from '../design/dialog.tsx';
import { Count, Instant, Money } from '../design/figures.tsx';
import { Facts } from '../design/page.tsx';
import { words } from '../design/status.tsx';
import { fromMinor, toMinor } from '../money/amount.ts';
import { formatCount } from '../money/format.ts';
import { countryName } from '../places/countries.ts';
import type { Response } from './comparison.tsx';
import { costTermWords } from './comparison-words.ts';
import type { Evaluation, RankedOffer } from './rfq.ts';

/** The reckoning behind an offer's rank, term by term, and what the offer promises. */
export function WhyRanked({
  offer,
  best,
  line,
  currency,
  response,
  onClose,
}: {
  offer: RankedOffer;
  best: RankedOffer | undefined;
  line: Evaluation['lines'][number];
  currency: string;
  response: Response | undefined;
  onClose(): void;
}) {
  const name = offer.supplierName ?? 'The supplier';
  return (
    <Dialog open side onClose={onClose} title={`${name}: rank ${offer.rank} for ${line.title}`}>
      <div className="grid gap-6">
        <Reckoning offer={offer} currency={currency} />
        <p>{distance(offer, best, currency)}</p>
        <Promises offer={offer} response={response} />
      </div>
    </Dialog>
  );
}

function distance(offer: RankedOffer, best: RankedOffer | undefined, currency: string) {
  if (!best || best === offer) return 'No other offer compares lower. Of equal ones the earlier response ranks first.';
  const above = toMinor(offer.comparisonCost, currency) - toMinor(best.comparisonCost, currency);
  if (above === 0n) {
    return `It compares within less than the smallest unit of ${currency} of the best; the exact fraction or the earlier response decided.`;
  }
  return (
    <>
      It compares <Money amount={fromMinor(above, currency)} currency={currency} /> a tonne above the best offer, of{' '}
      {best.supplierName ?? 'another supplier'}.
    </>
  );
}

function Reckoning({ offer, currency }: { offer: RankedOffer; currency: string }) {
  const isNothing = (amount: number | string) => Number(amount) === 0;
  return (
    <table className="w-full border-collapse text-sm">
      <caption className="pb-2 text-left font-semibold">{currency} per tonne</caption>
      <tbody>
        {offer.terms.map(({ name, amount }) => (
          <tr key={name} className="border-t border-line align-top">
            <th scope="row" className="py-1.5 pr-3 text-left font-medium">
              {costTermWords[name].label}
              <span className="block text-xs font-normal text-muted">
                {isNothing(amount) ? 'Nothing for this offer.' : costTermWords[name].because}
              </span>
            </th>
            <td className="py-1.5 text-right">
              <Money amount={amount} currency={currency} />
            </td>
          </tr>
        ))}
        <tr className="border-t border-line-strong font-semibold">
          <th scope="row" className="py-1.5 pr-3 text-left">
            Landed cost
          </th>
          <td className="py-1.5 text-right">
            <Money amount={offer.landedCost} currency={currency} />
          </td>
        </tr>
        <tr className="border-t border-line">
          <th scope="row" className="py-1.5 pr-3 text-left font-medium">
            ÷ Quality
            <span className="block text-xs font-normal text-muted">
              What the claimed options of your criteria are worth; 1 is no advantage.
            </span>
          </th>
          <td className="figures py-1.5 text-right">{offer.coefficient}</td>
        </tr>
        <tr className="border-t border-line-strong font-semibold">
          <th scope="row" className="py-1.5 pr-3 text-left">
            Compared at
          </th>
          <td className="py-1.5 text-right">
            <Money amount={offer.comparisonCost} currency={currency} />
          </td>
        </tr>
      </tbody>
    </table>
  );
}

function Promises({ offer, response }: { offer: RankedOffer; response: Response | undefined }) {
  const content = response?.content;
  const own = content?.offers.find(({ offerId }) => offerId === offer.offerId);
  const claims = Object.entries((content?.criteria ?? {}) as Record<string, string>);
  return (
    <div className="grid gap-3">
      <h3 className="font-semibold">What is promised</h3>
      <Facts
        facts={[
          ['At most', <Count key="max" value={offer.quantityKg} unit="kg" />],
          ['At least, if any', <Count key="min" value={offer.minKg} unit="kg" />],
          ['Incoterm', offer.incoterm],
          ['Origin', countryName(offer.originCountry)],
          ['Delivery after the order is funded', `${offer.leadDays} days`],
          ['Valid until', <Instant key="valid" at={offer.validUntil} />],
          ['Handed in', <Instant key="at" at={offer.submittedAt} />],
          ['Kind', content ? words(content.kind) : '–'],
          ...(own?.packaging ? ([['Packaging', own.packaging]] as const) : []),
          ...claims.map(([criterion, option]) => [words(criterion), option] as const),
        ]}
      />
      {own?.assay && own.assay.length > 0 && (
        <ul className="figures text-sm">
          {own.assay.map(({ analyte, unit, value }) => (
            <li key={analyte}>
              {analyte} {formatCount(value)} {unit}
            </li>
          ))}
        </ul>
      )}
      {content?.notes && <p className="whitespace-pre-line">“{content.notes}”</p>}
      {response && (
        <p className="text-xs break-all text-muted">
          Response {response.version} for version {response.rfqVersion} of the terms. SHA-256 of the sealed content{' '}
          <code className="figures">{response.contentSha256}</code>
        </p>
      )}
    </div>
  );
}
