// What `npm start` goes on to make while the platform is up: a world in the middle of its business, and an auction that runs.
import { announceUpcoming, endedAuction, keepBidding } from './lots.ts';
import { alerts } from './prices.ts';
import { playOnce, rememberIn } from './scenes.ts';
import { closedDeal, openDeal } from './shares.ts';
import { stageAt } from './stage.ts';
import { application, awardedRfq, evaluatedRfq, publishedRfq, quotes } from './tenders.ts';

/** Scenes of one track are played one after the other. */
const tracks = [
  [openDeal, closedDeal],
  [application, quotes, publishedRfq, evaluatedRfq, awardedRfq],
  [alerts, endedAuction],
];

/**
 * Completes the demo world, then keeps an auction of simulated bidders running until the signal. `memoryFile` is where it
 * keeps what is made already. Never throws: what goes wrong is reported and the platform goes on.
 */
export async function exploreDemoWorld(options: {
  gatewayUrl: string;
  memoryFile: string;
  signal: AbortSignal;
  report: (line: string) => void;
}): Promise<void> {
  const { gatewayUrl, memoryFile, signal, report } = options;
  const stage = stageAt(gatewayUrl);
  const failed = await playOnce(tracks, stage, rememberIn(memoryFile), signal);
  if (signal.aborted) return;
  for (const { name, why } of failed)
    report(`Demo world: ${name} could not be made (tried again at the next start): ${why}`);
  if (failed.length === 0) report('The demo world is complete.');
  await announceUpcoming(stage).catch((error: Error) => {
    if (!signal.aborted) report(`Demo world: the next auction could not be announced: ${error.message}`);
  });
  await keepBidding(stage, signal, report);
}
