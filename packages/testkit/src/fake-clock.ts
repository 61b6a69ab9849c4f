/** A clock that moves only when told to. */
export type FakeClock = { now(): Date; advance(ms: number): void };

/** Starts at `start`, an instant or its ISO text. */
export function fakeClock(start: Date | string): FakeClock {
  let instantMs = new Date(start).getTime();
  if (Number.isNaN(instantMs)) throw new Error(`Not an instant: ${start}`);
  return {
    now: () => new Date(instantMs),
    advance: (ms) => {
      instantMs += ms;
    },
  };
}
