import { useEffect, useState } from 'react';

/** The platform's clock on this screen, renewed so often. */
export function useServerNow(offsetMs: number, everyMs = 250): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now + offsetMs;
}
