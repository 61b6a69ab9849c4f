import { type Fraction, fraction } from '@clearlot/kernel';

/** A quality criterion: what each option is worth, parts per million of the price. */
export interface QualityCriterion {
  criterionId: string;
  options: readonly { value: string; sharePpm: bigint }[];
}

/** What a response claims of the criteria, and the most it could; parts per million. */
export interface QualityShares {
  claimedPpm: bigint;
  bestPpm: bigint;
}

const million = 1_000_000n;

/** Sums the options claimed and the best ones. A criterion without a known option claimed counts as nothing. */
export function qualityShares(
  criteria: readonly QualityCriterion[],
  claims: Readonly<Record<string, string>>,
): QualityShares {
  let [claimedPpm, bestPpm] = [0n, 0n];
  for (const { criterionId, options } of criteria) {
    const claim = Object.hasOwn(claims, criterionId) ? claims[criterionId] : undefined;
    claimedPpm += options.find(({ value }) => value === claim)?.sharePpm ?? 0n;
    let best = 0n;
    for (const { sharePpm } of options) if (sharePpm > best) best = sharePpm;
    bestPpm += best;
  }
  return { claimedPpm, bestPpm };
}

/**
 * 1 + Σ claimed ÷ (1 − Σ best): the most economically advantageous tender as OpenProcurement's barbecue rule has it.
 * The terms of an RFQ keep Σ best under one.
 */
export function coefficient({ claimedPpm, bestPpm }: QualityShares): Fraction {
  return fraction.of(million - bestPpm + claimedPpm, million - bestPpm);
}

/** The price that is compared: price ÷ coefficient. 475,000 at 19/17 is exactly 425,000. */
export function normalisedPrice(price: Fraction, shares: QualityShares): Fraction {
  return fraction.div(price, coefficient(shares));
}
