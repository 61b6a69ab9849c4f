import { startVendorServer, type VendorAnswer, type VendorRequest, type WireFault } from './vendor-server.ts';

/** One assessment as the vendor has it. */
export interface Assessment {
  /** ISO instant. */
  assessmentDate: string;
  revision?: number;
  low: number;
  mid?: number;
  high: number;
}

/** What the vendor says wrong: the figures themselves. */
type FigureFault =
  | { kind: 'wrong_unit'; unit: string }
  | { kind: 'duplicate' }
  | { kind: 'backdated'; days: number }
  | { kind: 'jump'; factor: number };
export type FastmarketsFault = FigureFault | WireFault;

const dayMs = 86_400_000;

/**
 * Fastmarkets' Physical Prices API as far as its protocol is public: tokens by service name and key, `Instruments` and
 * `Prices/history`. A fault lasts until the next one is set; `undefined` ends it. Faults of the wire spare the sign-in.
 */
export async function fakeFastmarkets(
  account: { serviceName: string; serviceKey: string } = { serviceName: 'clearlot', serviceKey: 'secret' },
) {
  const instruments = new Map<
    string,
    { currency: string; unitOfMeasure: string; incoterm: string; location: string }
  >();
  const assessments = new Map<string, Assessment[]>();
  let fault: FastmarketsFault | undefined;

  const answer = ({ path, query, headers, body }: VendorRequest): VendorAnswer => {
    if (path === '/connect/token') return token(new URLSearchParams(body), account);
    if (headers.authorization !== 'Bearer granted') return { status: 401, body: { message: 'Unauthorized' } };
    const symbols = (query.get('symbols') ?? '').split(',').filter((symbol) => instruments.has(symbol));
    if (path === '/physical/v2/Instruments') {
      return { status: 200, body: { instruments: symbols.map((symbol) => described(symbol)) } };
    }
    if (path !== '/physical/v2/Prices/history') return { status: 404, body: { message: 'Not Found' } };
    const from = query.get('fromDate') ?? '';
    const to = query.get('toDate') ?? '9999-12-31';
    const prices = (symbol: string) =>
      (assessments.get(symbol) ?? []).filter(({ assessmentDate }) => {
        const date = assessmentDate.slice(0, 10);
        return date >= from && date <= to;
      });
    return {
      status: 200,
      body: { instruments: symbols.map((symbol) => ({ symbol, prices: prices(symbol).flatMap(priced) })) },
    };
  };

  const described = (symbol: string) => {
    const instrument = instruments.get(symbol);
    return { symbol, ...instrument, ...(fault?.kind === 'wrong_unit' ? { unitOfMeasure: fault.unit } : {}) };
  };

  const priced = ({ assessmentDate, revision = 0, low, high, mid = (low + high) / 2 }: Assessment) => {
    const factor = fault?.kind === 'jump' ? fault.factor : 1;
    const backMs = fault?.kind === 'backdated' ? fault.days * dayMs : 0;
    const at = new Date(new Date(assessmentDate).getTime() - backMs).toISOString();
    const price = {
      ...{ date: at.slice(0, 10), assessmentDate: at, revision },
      ...{ low: low * factor, mid: mid * factor, high: high * factor },
    };
    return fault?.kind === 'duplicate' ? [price, price] : [price];
  };

  const wire = new Set(['stall', 'status', 'truncated', 'hang_up']);
  const server = await startVendorServer(answer, ({ path }) =>
    fault && wire.has(fault.kind) && path !== '/connect/token' ? (fault as WireFault) : undefined,
  );
  return {
    ...server,
    authUrl: `${server.url}/connect/token`,
    apiUrl: `${server.url}/physical/v2`,
    /** Fetches of prices it answered or refused. */
    fetches: () => server.requests.filter(({ path }) => path === '/physical/v2/Prices/history').length,
    list(symbol: string, basis: { currency: string; unitOfMeasure: string; incoterm: string; location?: string }) {
      instruments.set(symbol, { location: 'China, Japan & Korea', ...basis });
    },
    /** Publishes an assessment, or a revision of one. */
    assess(symbol: string, ...published: Assessment[]) {
      const others = (assessments.get(symbol) ?? []).filter(
        ({ assessmentDate }) => !published.some((each) => each.assessmentDate === assessmentDate),
      );
      assessments.set(symbol, [...others, ...published]);
    },
    fault(next: FastmarketsFault | undefined) {
      fault = next;
    },
  };
}

export type FakeFastmarkets = Awaited<ReturnType<typeof fakeFastmarkets>>;

function token(form: URLSearchParams, account: { serviceName: string; serviceKey: string }): VendorAnswer {
  const granted =
    form.get('grant_type') === 'servicekey' &&
    form.get('client_id') === 'service_client' &&
    form.get('scope') === 'fastmarkets.physicalprices.api' &&
    form.get('serviceName') === account.serviceName &&
    form.get('serviceKey') === account.serviceKey;
  if (!granted) return { status: 400, body: { error: 'invalid_grant' } };
  return { status: 200, body: { access_token: 'granted', expires_in: 3600, token_type: 'Bearer' } };
}
