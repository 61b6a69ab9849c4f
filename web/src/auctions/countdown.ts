import type { LiveState, Rules } from './auction.ts';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** How long until an instant: `2 d 4 h`, `4 h 58 min`, `12:05`; nothing once it has come. */
export function timeLeft(until: string, nowMs: number): string | undefined {
  const left = Date.parse(until) - nowMs;
  if (left <= 0) return undefined;
  // Rounded up: it says 0:01 as long as there is a moment left.
  const whole = Math.ceil(left / second) * second;
  if (whole >= day) return `${Math.floor(whole / day)} d ${Math.floor((whole % day) / hour)} h`;
  if (whole >= hour) return `${Math.floor(whole / hour)} h ${Math.floor((whole % hour) / minute)} min`;
  return `${Math.floor(whole / minute)}:${String(Math.floor((whole % minute) / second)).padStart(2, '0')}`;
}

/** The last minute before it: everything that is said of time is urgent then. */
export function isUrgent(until: string, nowMs: number): boolean {
  const left = Date.parse(until) - nowMs;
  return left > 0 && left <= minute;
}

/** What happens next by the clock alone. */
export interface NextMoment {
  label: string;
  at: string;
}

/** The next moment that everybody waits for: the opening, a step of the clock, the end of a round, the close. */
export function nextMoment(live: LiveState, rules: Rules, nowMs: number): NextMoment | undefined {
  const { status, closesAt, opensAt, round } = live;
  if (status === 'scheduled') return { label: 'Opens in', at: opensAt };
  if (status !== 'open') return undefined;
  const { everyMs, roundMs, pauseMs = 0, rounds } = rules;
  const opened = Date.parse(opensAt);
  const at = (ms: number) => new Date(ms).toISOString();
  if (everyMs !== undefined) {
    const steps = Math.floor(Math.max(0, nowMs - opened) / everyMs) + 1;
    const falls = opened + steps * everyMs;
    if (steps <= stepsToFloor(rules) && falls < Date.parse(closesAt))
      return { label: 'The price falls in', at: at(falls) };
  }
  if (roundMs !== undefined && round !== null) {
    const ends = opened + round * roundMs + (round - 1) * pauseMs;
    const isPause = pauseMs > 0 && nowMs >= ends && (rounds === undefined || round < rounds);
    if (isPause) return { label: `Round ${round + 1} begins in`, at: at(ends + pauseMs) };
    const of = rounds === undefined ? '' : ` of ${rounds}`;
    return { label: `Round ${round}${of} ends in`, at: at(ends) };
  }
  return { label: 'Closes in', at: closesAt };
}

/** True between two rounds, when nobody may bid. */
export function isPaused({ status, round, opensAt }: LiveState, { roundMs, pauseMs, rounds }: Rules, nowMs: number) {
  if (status !== 'open' || round === null || !roundMs || !pauseMs || round === rounds) return false;
  return nowMs >= Date.parse(opensAt) + round * roundMs + (round - 1) * pauseMs;
}

/** The soft close in a sentence, and how much of it is used. */
export function softCloseRule({ softClose }: Rules, { extensions, closesAt }: LiveState): string | undefined {
  if (!softClose) return undefined;
  const { windowMs, extensionMs, extensionsMax, hardStopAt } = softClose;
  if (extensions >= extensionsMax || Date.parse(closesAt) >= Date.parse(hardStopAt)) {
    return 'It cannot be extended any more: this close is final.';
  }
  const used = extensions === 0 ? '' : ` It was extended ${extensions === 1 ? 'once' : `${extensions} times`}.`;
  return `A bid that takes the lead in the last ${lasting(windowMs)} leaves at least ${lasting(extensionMs)} to answer it, at most ${extensionsMax} times.${used}`;
}

/** `90 s`, `10 min`, `2 h`: how long, where it is not counted down. */
export function lasting(ms: number): string {
  if (ms >= 2 * hour && ms % hour === 0) return `${ms / hour} h`;
  if (ms >= 2 * minute && ms % minute === 0) return `${ms / minute} min`;
  return `${ms / second} s`;
}

/** After how many steps a falling clock stands at its floor. */
function stepsToFloor({ startingMinor, floorMinor, stepMinor }: Rules): number {
  if (floorMinor === undefined || stepMinor === undefined) return 0;
  const [fall, step] = [BigInt(startingMinor) - BigInt(floorMinor), BigInt(stepMinor)];
  return Number((fall + step - 1n) / step);
}
