const samplesMax = 8;

/**
 * How far the platform's clock is ahead of this device's, from questions and answers. The quickest answer of the last few says
 * it best: its error is at most half of what it took.
 */
export class ClockOffset {
  #samples: readonly { tookMs: number; offsetMs: number }[] = [];

  /** Takes an answer that says the platform's time. */
  take(askedAt: number, answeredAt: number, serverTime: string): void {
    const offsetMs = Date.parse(serverTime) - (askedAt + answeredAt) / 2;
    if (Number.isNaN(offsetMs) || answeredAt < askedAt) return;
    this.#samples = [...this.#samples, { tookMs: answeredAt - askedAt, offsetMs }].slice(-samplesMax);
  }

  /** In milliseconds, to add to this device's time; none before the first answer. */
  get offsetMs(): number | undefined {
    const [first, ...rest] = this.#samples;
    return first && Math.round(rest.reduce((best, each) => (each.tookMs < best.tookMs ? each : best), first).offsetMs);
  }
}
