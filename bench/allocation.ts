// Allocating and pairing 100,000 orders at sizes of real money; the goal is under one second on one core.
// Run alone: node bench/allocation.ts [orders] [runs]
import { performance } from 'node:perf_hooks';
import { type AllocationInput, allocate } from '../services/deals/src/allocation/allocation.ts';
import { pairAllocations } from '../services/deals/src/allocation/pairing.ts';

const orders = Number(process.argv[2] ?? 100_000);
const runs = Number(process.argv[3] ?? 9);

/** Half sellers, half buyers, from a fixed seed; supply is scarce so both proration and remainders are exercised. */
function scenario(count: number): AllocationInput {
  let state = 20261122;
  const random = (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const id = () => `${random(2 ** 32).toString(16)}-${random(2 ** 32).toString(16)}-${random(2 ** 32).toString(16)}`;
  const submittedAt = () => new Date(1_790_000_000_000 + random(86_400_000));
  const sells = Array.from({ length: count >> 1 }, () => ({
    id: id(),
    shares: BigInt(1 + random(1_000_000)),
    minimumPriceMinor: random(4) === 0 ? BigInt(4_000 + random(1_500)) : null,
    submittedAt: submittedAt(),
  }));
  const buys = Array.from({ length: count - sells.length }, () => ({
    id: id(),
    amountMinor: BigInt(2_500_000 + random(2 ** 32)),
    submittedAt: submittedAt(),
  }));
  return { rule: 'pro-rata', priceMinor: 4_875n, targetShares: 10n ** 10n, sells, buys };
}

const input = scenario(orders);
const times = { allocate: [] as number[], pair: [] as number[] };
let cleared = 0n;
let pairCount = 0;
for (let run = 0; run < runs; run += 1) {
  const start = performance.now();
  const result = allocate(input);
  const allocated = performance.now();
  const pairs = pairAllocations(
    result.sells.map(({ id, allocatedShares }) => ({ id, shares: allocatedShares })),
    result.buys.map(({ id, allocatedShares }) => ({ id, shares: allocatedShares })),
  );
  times.allocate.push(allocated - start);
  times.pair.push(performance.now() - allocated);
  cleared = result.clearedShares;
  pairCount = pairs.length;
}

const describe = (samples: number[]) => {
  const sorted = samples.toSorted((a, b) => a - b);
  const ms = (value = Number.NaN) => `${value.toFixed(0)} ms`;
  return `first ${ms(samples[0])}, median ${ms(sorted[sorted.length >> 1])}, worst ${ms(sorted.at(-1))}`;
};
console.log(`allocation: ${orders} orders, ${cleared} shares cleared, ${pairCount} pairs, ${runs} runs`);
console.log(`  allocate  ${describe(times.allocate)}`);
console.log(`  pair      ${describe(times.pair)}`);
