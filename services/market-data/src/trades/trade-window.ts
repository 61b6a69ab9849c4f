const dayMs = 86_400_000;
/** The first Monday of the epoch. */
const firstMondayMs = 4 * dayMs;
/** A price that took longer to come than this is history, whatever window it would fall into. */
const lateMsMax = 7 * dayMs;

/** From start until before end. */
export interface TradeWindow {
  start: Date;
  end: Date;
}

/** The window an instant is in: windows of this length, one after the other from a Monday, 00:00 UTC. */
export function windowAt(at: Date, windowMs: number): TradeWindow {
  const place = Math.floor((at.getTime() - firstMondayMs) / windowMs);
  const startMs = firstMondayMs + place * windowMs;
  return { start: new Date(startMs), end: new Date(startMs + windowMs) };
}

/**
 * The one window a trade counts in: that in which it was made; when that is over, the one in which it comes, so that what was
 * said of a window is never said anew, from which the difference would show the late trade. Undefined for a trade that
 * comes more than a week late. `decidedThrough` is the end of the last window that was decided: nothing counts in it any
 * more, also where another replica's clock is ahead or windows had another length.
 */
export function windowOfTrade(
  { tradedAt, now, decidedThrough }: { tradedAt: Date; now: Date; decidedThrough: Date | null },
  windowMs: number,
): TradeWindow | undefined {
  if (now.getTime() - tradedAt.getTime() > lateMsMax) return undefined;
  const open = windowAt(decidedThrough && decidedThrough > now ? decidedThrough : now, windowMs);
  const own = windowAt(tradedAt, windowMs);
  return own.start > open.start ? own : open;
}
