/** How much each term is worth; together 1,000. */
const weights = {
  coverage: 300,
  capacity: 200,
  region: 150,
  certificates: 150,
  incoterm: 100,
  performance: 100,
} as const;

export type MatchTermName = keyof typeof weights;

/** One term of a match: `score` of at most `weight` points, because of what the sentence says. */
export interface MatchTerm {
  term: MatchTermName;
  weight: number;
  score: number;
  because: string;
}

/** What an RFQ asks for, as far as a match looks at it. */
export interface Demand {
  lines: readonly {
    productType: string;
    grade: string;
    quantityKg: number;
    deliverFrom: Date;
    deliverTo: Date;
  }[];
  destinationCountry: string;
  incoterms: readonly string[];
  requiredCertificates: readonly string[];
}

/** A supplier as an RFQ looks at it. `ratingSum` is of `reviewCount` ratings from 1 to 5. */
export interface Candidate {
  supplierId: string;
  supplierOwnerId: string;
  verified: boolean;
  country: string;
  regions: readonly string[];
  incoterms: readonly string[];
  /** Listed ones. */
  products: readonly { productType: string; grade: string; minLotKg: bigint; capacityKgPerMonth: bigint }[];
  /** The last day each is valid, `2027-03-31`. */
  certificates: readonly { kind: string; expiresOn: string }[];
  deliveredOrders: number;
  reviewCount: number;
  ratingSum: number;
}

/** Score in parts per thousand. */
export interface Match {
  supplierId: string;
  supplierOwnerId: string;
  score: number;
  terms: MatchTerm[];
}

/**
 * Verified suppliers that list the type and grade of at least one line, the best first; equal ones by id. The same input
 * gives the same answer, in whole numbers rounded down.
 */
export function matchSuppliers(demand: Demand, candidates: readonly Candidate[], limit = candidates.length): Match[] {
  const needs = summarize(demand);
  return candidates
    .filter((candidate) => candidate.verified && sellsAny(demand, candidate))
    .map((candidate) => matchOf(needs, candidate))
    .sort((a, b) => b.score - a.score || (a.supplierId < b.supplierId ? -1 : 1))
    .slice(0, limit);
}

interface Line {
  kind: string;
  quantityKg: bigint;
  windowDays: bigint;
}

interface Needs extends Omit<Demand, 'lines'> {
  lines: Line[];
  quantityKg: bigint;
  lastDelivery: string;
}

const dayMs = 86_400_000;
const kindOf = ({ productType, grade }: { productType: string; grade: string }) => `${productType} ${grade}`;

function summarize(demand: Demand): Needs {
  const lines = demand.lines.map((line) => ({
    kind: kindOf(line),
    quantityKg: BigInt(line.quantityKg),
    // Both days count.
    windowDays: BigInt(Math.floor((line.deliverTo.getTime() - line.deliverFrom.getTime()) / dayMs) + 1),
  }));
  const quantityKg = lines.reduce((sum, line) => sum + line.quantityKg, 0n);
  const last = Math.max(...demand.lines.map(({ deliverTo }) => deliverTo.getTime()));
  return { ...demand, lines, quantityKg, lastDelivery: new Date(last).toISOString().slice(0, 10) };
}

function sellsAny(demand: Demand, { products }: Candidate): boolean {
  return demand.lines.some((line) => products.some((product) => kindOf(product) === kindOf(line)));
}

function matchOf(needs: Needs, candidate: Candidate): Match {
  const covered = needs.lines.map((line) => lineCover(line, candidate));
  const terms = [
    coverage(needs, covered),
    capacity(needs, covered),
    region(needs, candidate),
    certificates(needs, candidate),
    incoterm(needs, candidate),
    performance(candidate),
  ];
  const score = terms.reduce((sum, each) => sum + each.score, 0);
  const { supplierId, supplierOwnerId } = candidate;
  return { supplierId, supplierOwnerId, score, terms };
}

/** What of a line a supplier can deliver inside its window; undefined when no product fits its kind and lot size. */
function lineCover(line: Line, { products }: Candidate): bigint | undefined {
  const fitting = products.filter((each) => kindOf(each) === line.kind && each.minLotKg <= line.quantityKg);
  if (fitting.length === 0) return undefined;
  const perMonth = fitting.reduce((sum, each) => sum + each.capacityKgPerMonth, 0n);
  const deliverable = (perMonth * line.windowDays) / 30n;
  return deliverable < line.quantityKg ? deliverable : line.quantityKg;
}

function coverage({ lines }: Needs, covered: readonly (bigint | undefined)[]): MatchTerm {
  const count = covered.filter((kg) => kg !== undefined).length;
  return term('coverage', BigInt(count), BigInt(lines.length), `Sells ${count} of ${lines.length} lines.`);
}

function capacity({ quantityKg }: Needs, covered: readonly (bigint | undefined)[]): MatchTerm {
  const kg = covered.reduce<bigint>((sum, each) => sum + (each ?? 0n), 0n);
  return term('capacity', kg, quantityKg, `Can make ${kg} of ${quantityKg} kg in the time.`);
}

function region({ destinationCountry }: Needs, { regions, country }: Candidate): MatchTerm {
  const delivers = regions.includes(destinationCountry) || country === destinationCountry;
  const because = `${delivers ? 'Delivers' : 'Does not say that it delivers'} to ${destinationCountry}.`;
  return term('region', delivers ? 1n : 0n, 1n, because);
}

function certificates({ requiredCertificates, lastDelivery }: Needs, candidate: Candidate): MatchTerm {
  if (requiredCertificates.length === 0) return term('certificates', 1n, 1n, 'No certificate is required.');
  const valid = (kind: string) =>
    candidate.certificates.some((each) => each.kind === kind && each.expiresOn >= lastDelivery);
  const missing = requiredCertificates.filter((kind) => !valid(kind));
  const because =
    missing.length === 0
      ? `Every required certificate is valid until ${lastDelivery}.`
      : `Not valid until ${lastDelivery}: ${missing.join(', ')}.`;
  const { length: required } = requiredCertificates;
  return term('certificates', BigInt(required - missing.length), BigInt(required), because);
}

function incoterm({ incoterms }: Needs, candidate: Candidate): MatchTerm {
  const offered = incoterms.filter((each) => candidate.incoterms.includes(each));
  const because = offered.length > 0 ? `Sells ${offered.join(', ')}.` : `Does not sell ${incoterms.join(', ')}.`;
  return term('incoterm', offered.length > 0 ? 1n : 0n, 1n, because);
}

/** Half for orders, full at ten, and half for ratings; who has not been rated yet counts as 3 of 5. */
function performance({ deliveredOrders, reviewCount, ratingSum }: Candidate): MatchTerm {
  const orders = BigInt(Math.min(deliveredOrders, 10));
  const [sum, of] = reviewCount > 0 ? [BigInt(ratingSum), BigInt(reviewCount * 5)] : [3n, 5n];
  const rated = reviewCount > 0 ? `${ratingSum} of ${reviewCount * 5} points in reviews` : 'no review yet';
  return term('performance', orders * of + 10n * sum, 20n * of, `Delivered ${deliveredOrders} orders, ${rated}.`);
}

function term(name: MatchTermName, part: bigint, whole: bigint, because: string): MatchTerm {
  const weight = weights[name];
  return { term: name, weight, score: Number((BigInt(weight) * part) / whole), because };
}
