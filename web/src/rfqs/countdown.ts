import { useEffect, useState } from 'react';

/** How long until an instant: `2 days 4 hours`, `4 minutes 09 seconds`; undefined once it is here. */
export function untilText(at: string, now: number): string | undefined {
  const seconds = Math.ceil((Date.parse(at) - now) / 1_000);
  if (seconds <= 0) return undefined;
  const parts: [number, string][] = [
    [Math.floor(seconds / 86_400), 'day'],
    [Math.floor(seconds / 3_600) % 24, 'hour'],
    [Math.floor(seconds / 60) % 60, 'minute'],
    [seconds % 60, 'second'],
  ];
  const first = parts.findIndex(([count]) => count > 0);
  return parts
    .slice(first, first + 2)
    .map(([count, unit]) => `${count} ${unit}${count === 1 ? '' : 's'}`)
    .join(' ');
}

const timerMaxMs = 2 ** 31 - 1;

/** Whether an instant is here; it tells again when it comes, and not before. */
export function useIsPast(at: string): boolean {
  const [, tell] = useState(0);
  const isPast = Date.parse(at) <= Date.now();
  useEffect(() => {
    if (isPast) return;
    const timer = setTimeout(() => tell((times) => times + 1), Math.min(Date.parse(at) - Date.now(), timerMaxMs));
    return () => clearTimeout(timer);
  });
  return isPast;
}

/** This moment, told again every second. */
export function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
