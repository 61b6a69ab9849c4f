import { canMove, type FieldError, type Transitions } from '@clearlot/kernel';

export type ResponseStatus = 'sealed' | 'replaced' | 'withdrawn' | 'opened' | 'unreadable';

/** A hand-in's way: sealed until its supplier replaces it or takes it back, or until the deadline opens it. */
export const responseTransitions: Transitions<ResponseStatus> = {
  sealed: ['replaced', 'withdrawn', 'opened', 'unreadable'],
  replaced: [],
  withdrawn: [],
  opened: [],
  unreadable: [],
};

/** Only what is sealed moves; callers have locked the row, so another move is a mistake of ours. */
export function moveResponse(from: ResponseStatus, to: ResponseStatus): ResponseStatus {
  if (!canMove(responseTransitions, from, to)) throw new Error(`A response that is ${from} cannot become ${to}`);
  return to;
}

/** The version of the terms a response stands for: what it was made for, or what its supplier acknowledged later. */
export function standsFor({
  rfqVersion,
  acknowledgedVersion,
}: {
  rfqVersion: number;
  acknowledgedVersion: number | null;
}) {
  return acknowledgedVersion ?? rfqVersion;
}

interface Terms {
  lines: readonly { lineId: string }[];
  incoterm: string;
  acceptedIncoterms: readonly string[];
  decideBy: Date;
  criteria: readonly { criterionId: string; options: readonly { value: string }[] }[];
  otherCosts: readonly { costId: string }[];
}

interface Content {
  kind: 'firm' | 'indicative';
  validUntil: Date;
  offers: readonly { lineId: string; incoterm: string }[];
  criteria: Readonly<Record<string, string>>;
  otherCosts: Readonly<Record<string, unknown>>;
}

/**
 * Where a response does not answer the terms, as pointers into it; none if it does. An offer may break a line's limits:
 * that is shown and decided at the evaluation.
 */
export function contentProblems(terms: Terms, content: Content): FieldError[] {
  const problems: FieldError[] = [];
  const refuse = (pointer: string, message: string) => problems.push({ pointer: `/content${pointer}`, message });

  const lines = new Set(terms.lines.map(({ lineId }) => lineId));
  const accepted = new Set([terms.incoterm, ...terms.acceptedIncoterms]);
  for (const [index, offer] of content.offers.entries()) {
    if (!lines.has(offer.lineId)) refuse(`/offers/${index}/lineId`, 'is not a line of the RFQ');
    if (!accepted.has(offer.incoterm)) refuse(`/offers/${index}/incoterm`, 'is not accepted by the RFQ');
  }

  for (const { criterionId, options } of terms.criteria) {
    const chosen = Object.hasOwn(content.criteria, criterionId) ? content.criteria[criterionId] : undefined;
    if (chosen === undefined) refuse(`/criteria/${criterionId}`, 'is missing');
    else if (!options.some(({ value }) => value === chosen)) refuse(`/criteria/${criterionId}`, 'is not an option');
  }
  const criteria = new Set(terms.criteria.map(({ criterionId }) => criterionId));
  for (const key of Object.keys(content.criteria)) {
    if (!criteria.has(key)) refuse(`/criteria/${key}`, 'is not a criterion of the RFQ');
  }

  const costs = new Set(terms.otherCosts.map(({ costId }) => costId));
  for (const costId of costs) {
    if (!Object.hasOwn(content.otherCosts, costId)) refuse(`/otherCosts/${costId}`, 'is missing');
  }
  for (const key of Object.keys(content.otherCosts)) {
    if (!costs.has(key)) refuse(`/otherCosts/${key}`, 'is not a cost of the RFQ');
  }

  if (content.kind === 'firm' && content.validUntil < terms.decideBy) {
    refuse('/validUntil', 'a firm response must stand until the RFQ is decided');
  }
  return problems;
}
