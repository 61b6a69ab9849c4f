/** Where the time comes from; rules take `now` as an argument, actions take it from here. */
export interface Clock {
  now(): Date;
}

/** The machine's UTC clock. */
export const systemClock: Clock = { now: () => new Date() };
