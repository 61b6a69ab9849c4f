import type { Answer } from '../api/shapes.ts';
import { Count, Instant } from '../design/figures.tsx';
import { Notice } from '../design/notice.tsx';
import { Facts } from '../design/page.tsx';
import { BasisBadge } from './badges.tsx';
import { flagWords, stepWords } from './flag-words.ts';

export type SupplierPrices = Answer<'/api/market/supplier-prices'>;
export type PricedLine = SupplierPrices['lines'][number];
export type Offer = PricedLine['offers'][number];

/** How an offer's price was restated, step by step, with its days and sources. */
export function OfferSteps({ offer }: { offer: Offer }) {
  const { restated, carbonateEquivalent, fees } = offer;
  return (
    <div className="grid gap-5">
      <Restated title="In the basis of the comparison" restated={restated} />
      <Restated title="As lithium carbonate" restated={carbonateEquivalent} />
      {fees.length > 0 && (
        <Facts
          facts={fees.map(({ costId, title, price }) => [title, <Count key={costId} value={price.decimal} />] as const)}
        />
      )}
      <p className="text-sm text-muted">
        Offered <Instant at={offer.submittedAt} />, valid until <Instant at={offer.validUntil} />.
      </p>
    </div>
  );
}

function Restated({ title, restated }: { title: string; restated: Offer['restated'] }) {
  return (
    <section aria-label={title} className="grid gap-2">
      <h3 className="font-semibold">{title}</h3>
      {restated.basis && <BasisBadge basis={restated.basis} />}
      {restated.notCompared && <Notice tone="amber" title={restated.notCompared.detail} />}
      {restated.flags.map((flag) => (
        <Notice key={flag} tone="amber" title={flagWords(flag)} />
      ))}
      {restated.price && restated.steps.length === 0 && (
        <p className="text-sm text-muted">Nothing had to be restated.</p>
      )}
      <ol className="grid gap-1.5 text-sm">
        {restated.steps.map((step) => (
          <li key={step.name}>
            <span className="font-medium">{stepWords(step.name)}</span>{' '}
            <span className="figures">
              {step.kind === 'multiply' ? '× ' : ''}
              {step.by.decimal} → <Count value={step.price.decimal} />
            </span>
            <span className="block text-xs text-muted">
              {step.source}
              {step.date ? <>, {<Instant at={step.date} dateOnly />}</> : ''}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
