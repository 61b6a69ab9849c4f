// npm run demo: ten sellers and ten buyers take a company's liquidity program from intake to closed, by HTTP.
import { auditProgram } from '../e2e/program/audit.ts';
import { fullPlan } from '../e2e/program/plans.ts';
import { confirmOutgoing, fundAll, lockProgram, openProgram, settleProgram, signAll } from '../e2e/program/program.ts';
import { playDemo } from './play-demo.ts';

await playDemo(async (baseUrl, operator, say) => {
  const program = await openProgram(baseUrl, operator, fullPlan, say);
  await lockProgram(operator, program, fullPlan, say);
  await signAll(program, say);
  await fundAll(operator, program, fullPlan, say);
  await settleProgram(operator, program, say);
  await confirmOutgoing(operator, program.dealId);
  const flow = await auditProgram(operator, program, fullPlan);
  const title = `Funds flow of deal ${program.dealId}`;
  return [title, '', ...flow.lines, '', 'Every cent and every share is accounted for.'];
});
