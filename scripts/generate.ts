// npm run generate: proto/gen from the contracts. With --release also makes them the baseline for compatibility.
import { generateContracts, releaseContracts } from './checks/contracts.ts';

const steps = process.argv.includes('--release')
  ? [() => generateContracts(), releaseContracts]
  : [() => generateContracts()];
for (const step of steps) {
  const { ok, output } = await step();
  if (output) console.log(output.trimEnd());
  if (!ok) process.exit(1);
}
