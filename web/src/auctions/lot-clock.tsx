import { Instant } from '../design/figures.tsx';
import type { LiveState, Rules } from './auction.ts';
import { isUrgent, nextMoment, softCloseRule, timeLeft } from './countdown.ts';
import { useServerNow } from './server-now.ts';

/** What comes next by the platform's clock, and the rule that may move it. */
export function LotClock({ live, rules, offsetMs }: { live: LiveState; rules: Rules; offsetMs: number }) {
  const now = useServerNow(offsetMs);
  const next = nextMoment(live, rules, now);
  if (!next) return null;
  const left = timeLeft(next.at, now);
  const soft = live.status === 'open' ? softCloseRule(rules, live) : undefined;
  const isClose = next.at === live.closesAt;
  return (
    <div className="grid gap-1">
      <p className="text-sm text-muted">{left ? next.label : 'It is time: waiting for the platform'}</p>
      <p className="figures text-2xl leading-none font-semibold" role="timer" aria-live="off">
        {left ?? '0:00'}
        {isClose && isUrgent(next.at, now) && <span className="ml-2 align-middle text-sm text-amber">last minute</span>}
      </p>
      <p className="text-sm text-muted">
        {!isClose && live.status === 'open' && (
          <>
            Closes <Instant at={live.closesAt} />.{' '}
          </>
        )}
        {(isClose || live.status !== 'open') && (
          <>
            <Instant at={next.at} />
            {soft ? '. ' : ''}
          </>
        )}
        {soft}
      </p>
    </div>
  );
}
