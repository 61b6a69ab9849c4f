import { Instant } from '../design/figures.tsx';
import { Notice } from '../design/notice.tsx';
import { Facts } from '../design/page.tsx';
import { Scrolled } from '../design/scrolled.tsx';
import { TableFrame } from '../design/table-frame.tsx';
import { formatCount, formatDate } from '../money/format.ts';
import { KindBadge } from './badges.tsx';
import { per } from './basis.ts';
import { flagWords, stepWords } from './flag-words.ts';
import { percentOfShare, signedCount } from './price.ts';
import { type Arbitrage, type WaterfallBar, waterfallBars, waterfallWords } from './waterfall.ts';

/** What is left between two markets: the range at bid and ask, the waterfall at mid, and every input with its day. */
export function WaterfallView({ arbitrage }: { arbitrage: Arbitrage }) {
  const { origin, destination, low, mid, high } = arbitrage;
  const measure = per({ currency: arbitrage.currency, unit: arbitrage.unit as 't' });
  const ends = [
    ['Worst: sold at bid, bought at ask', low],
    ['Mid', mid],
    ['Best: sold at ask, bought at bid', high],
  ] as const;
  return (
    <div className="grid gap-5">
      <dl className="grid gap-4 sm:grid-cols-3">
        {ends.map(([name, { margin, marginShare }]) => (
          <div key={name}>
            <dt className="text-xs text-muted">{name}</dt>
            <dd className="figures text-xl font-semibold">
              {signedCount(margin.decimal)} {measure}
              <span className="block text-sm font-normal text-muted">
                {percentOfShare(marginShare.decimal)} of the origin’s price
              </span>
            </dd>
          </div>
        ))}
      </dl>
      {arbitrage.flags.length > 0 && (
        <Notice tone="amber" title="To know before you act on it">
          <ul className="list-disc pl-4">
            {arbitrage.flags.map((flag) => (
              <li key={flag}>{flagWords(flag)}</li>
            ))}
          </ul>
        </Notice>
      )}
      <Drawing arbitrage={arbitrage} measure={measure} />
      <Steps arbitrage={arbitrage} measure={measure} />
      <Facts
        facts={[
          ['Origin', <Used key="origin" figure={origin} />],
          [
            'Destination',
            destination ? <Used key="destination" figure={destination} /> : 'The forward price that was stated',
          ],
          ['Goods arrive', <Instant key="arrival" at={arbitrage.arrival} dateOnly />],
        ]}
      />
    </div>
  );
}

function Used({ figure }: { figure: Arbitrage['origin'] }) {
  return (
    <span className="grid gap-0.5">
      {figure.name}
      <span className="flex flex-wrap items-center gap-2 text-xs text-muted">
        {figure.source}, {figure.edition}, of {formatDate(figure.validAt)} <KindBadge kind={figure.kind} />
      </span>
    </span>
  );
}

const height = 220;
const barWidth = 74;
const gap = 22;
const top = 24;

const fills: Record<WaterfallBar['kind'], string> = {
  begins: 'var(--accent)',
  adds: 'var(--accent)',
  takes: 'var(--line-strong)',
  margin: 'var(--ink)',
};

function Drawing({ arbitrage: { mid }, measure }: { arbitrage: Arbitrage; measure: string }) {
  const { zero, bars } = waterfallBars(mid);
  const width = bars.length * (barWidth + gap) + gap;
  const amounts = [...mid.steps.map(({ amount }) => amount.decimal), mid.margin.decimal];
  const y = (share: number) => top + share * height;
  return (
    <Scrolled label="Waterfall" className="">
      <svg
        role="img"
        aria-label={`Waterfall at mid in ${measure}; the table below has every figure`}
        viewBox={`0 0 ${width} ${top + height + 48}`}
        className="w-full min-w-176 max-w-5xl"
      >
        <line x1="0" x2={width} y1={y(zero)} y2={y(zero)} stroke="var(--line-strong)" strokeDasharray="2 3" />
        {bars.map(({ name, kind, top: from, bottom: to }, index) => {
          const x = gap + index * (barWidth + gap);
          const amount = amounts[index] ?? '0';
          const next = bars[index + 1];
          const level = amount.startsWith('-') ? to : from;
          return (
            <g key={name}>
              <rect
                x={x}
                y={y(from)}
                width={barWidth}
                height={Math.max(1.5, (to - from) * height)}
                fill={kind === 'margin' && amount.startsWith('-') ? 'var(--red)' : fills[kind]}
              />
              {next && next.kind !== 'margin' && (
                <line
                  x1={x + barWidth}
                  x2={x + barWidth + gap}
                  y1={y(level)}
                  y2={y(level)}
                  stroke="var(--line-strong)"
                />
              )}
              <text x={x + barWidth / 2} y={y(from) - 6} textAnchor="middle" fontSize="12" fill="var(--ink)">
                {signedCount(amount)}
              </text>
              <Label x={x + barWidth / 2} y={top + height + 18} text={waterfallWords[name] ?? name} />
            </g>
          );
        })}
      </svg>
    </Scrolled>
  );
}

/** Two lines at most: the first word, and the rest. */
function Label({ x, y, text }: { x: number; y: number; text: string }) {
  const [first = '', ...rest] = text.split(' at ');
  return (
    <text x={x} y={y} textAnchor="middle" fontSize="12" fill="var(--muted)">
      <tspan x={x}>{first}</tspan>
      {rest.length > 0 && (
        <tspan x={x} dy="15">
          at {rest.join(' at ')}
        </tspan>
      )}
    </text>
  );
}

function Steps({ arbitrage: { low, mid, high }, measure }: { arbitrage: Arbitrage; measure: string }) {
  return (
    <TableFrame
      label="Cost by cost"
      heads={[
        { text: `In ${measure}` },
        { text: 'Worst', align: 'right' },
        { text: 'Mid', align: 'right' },
        { text: 'Best', align: 'right' },
        { text: 'Left at mid', align: 'right' },
        { text: 'From' },
      ]}
    >
      {mid.steps.map(({ name, amount, running, inputs }, index) => (
        <tr key={name} className="border-t border-line align-top">
          <th scope="row" className="px-3 py-2 text-left font-normal whitespace-nowrap">
            {waterfallWords[name] ?? name}
          </th>
          <Amount value={low.steps[index]?.amount} />
          <Amount value={amount} />
          <Amount value={high.steps[index]?.amount} />
          <Amount value={running} />
          <td className="min-w-72 px-3 py-2">
            <ul className="grid gap-1 text-xs">
              {inputs.map((input, at) => (
                <li key={`${input.name} ${at}`}>
                  <span className="font-medium">{inputWords(input.name)}</span>{' '}
                  <span className="figures" title={`exactly ${input.value.exact}`}>
                    {input.per ? `${formatCount(input.value.decimal)} ${input.per}` : input.value.decimal}
                  </span>
                  <span className="text-muted">
                    {input.date ? `, ${formatDate(input.date)}` : ''}, {input.source}
                  </span>
                </li>
              ))}
            </ul>
          </td>
        </tr>
      ))}
      <tr className="border-t border-line-strong font-semibold">
        <th scope="row" className="px-3 py-2 text-left">
          {waterfallWords.margin}
        </th>
        <Amount value={low.margin} />
        <Amount value={mid.margin} />
        <Amount value={high.margin} />
        <td />
        <td />
      </tr>
    </TableFrame>
  );
}

function Amount({ value }: { value: { decimal: string; exact: string } | undefined }) {
  return (
    <td className="figures px-3 py-2 text-right whitespace-nowrap" title={value && `exactly ${value.exact}`}>
      {value ? signedCount(value.decimal) : '–'}
    </td>
  );
}

function inputWords(name: string): string {
  const [, year] = /^days of (\d+)$/.exec(name) ?? [];
  if (year) return `Days, of ${year} in a year,`;
  return name.includes('_') ? stepWords(name) : name.charAt(0).toUpperCase() + name.slice(1);
}
