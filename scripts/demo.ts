// npm run demo: ten sellers and ten buyers take a company's liquidity program from intake to closed, by HTTP.
import { auditProgram } from '../e2e/program/audit.ts';
import { signedIn } from '../e2e/program/client.ts';
import { fullPlan } from '../e2e/program/plans.ts';
import { confirmOutgoing, fundAll, lockProgram, openProgram, settleProgram, signAll } from '../e2e/program/program.ts';
import { demoOperator } from './demo-world.ts';

const baseUrl = process.env.CLEARLOT_URL ?? `http://localhost:${process.env.CLEARLOT_PORT ?? 8080}`;
const started = performance.now();
const say = (line: string) =>
  console.log(`${((performance.now() - started) / 1000).toFixed(1).padStart(6)} s  ${line}`);

try {
  await fetch(`${baseUrl}/healthz`);
} catch {
  console.error(`No platform answers at ${baseUrl}. Run npm start first, in another terminal.`);
  process.exit(1);
}

try {
  const operator = signedIn(baseUrl, demoOperator.email, demoOperator.password);
  const program = await openProgram(baseUrl, operator, fullPlan, say);
  await lockProgram(operator, program, fullPlan, say);
  await signAll(program, say);
  await fundAll(operator, program, fullPlan, say);
  await settleProgram(operator, program, say);
  await confirmOutgoing(operator, program.dealId);
  const flow = await auditProgram(operator, program, fullPlan);
  console.log(`\nFunds flow of deal ${program.dealId}\n\n${flow.lines.join('\n')}\n`);
  console.log('Every cent and every share is accounted for.');
} catch (error) {
  console.error(`\nThe demo failed: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}
