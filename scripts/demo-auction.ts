// npm run demo:auction: a storm of simulated bidders on one lot, each with a deposit and a live screen, up to an order of the
// winner; then the log is checked as anybody who has it can.

import { quantile } from '../bench/statistics.ts';
import { gapIn, openScreen } from '../e2e/auctions/live.ts';
import { announce, join, openBidders, untilClosed, untilDeposits } from '../e2e/auctions/sales.ts';
import { startStorm } from '../e2e/auctions/storm.ts';
import { openMarket } from '../e2e/lithium/market.ts';
import { supplierPlans } from '../e2e/lithium/plans.ts';
import { verifyLog } from '../services/marketplace/src/auctions/log.ts';
import { playDemo } from './play-demo.ts';

const bidderCount = 24;
const bidsPerSecond = 60;
const runsForSeconds = 12;
const softClose = { windowSeconds: 3, extensionSeconds: 3, extensionsMax: 5, hardStopSeconds: 30 };

interface Exported {
  terms: unknown;
  entries: unknown[];
  headHash: string;
}

interface Analytics {
  bidsAccepted: number;
  refused: number;
  leadChanges: number;
  extensions: number;
}

await playDemo(async (baseUrl, operator, say) => {
  const [seller] = await openMarket(baseUrl, operator, supplierPlans.slice(0, 1), say);
  if (!seller) throw new Error('there is no seller');
  const names = Array.from(
    { length: bidderCount },
    (_, index) => `Simulated Bidder ${String.fromCharCode(65 + index)}`,
  );
  const bidders = await openBidders(baseUrl, operator, names, 50_000);
  say(`${bidders.length} simulated bidders wired USD 50,000.00 each to their balances.`);

  const times = { opensIn: 3, closesIn: 3 + runsForSeconds };
  const lots = [{ reservePrice: 12_000 }];
  const [lot] = await announce(seller, { format: 'english', softClose }, times, { deposit: 20_000 }, lots);
  const auctionId = lot?.auctionId ?? '';
  await join(bidders, auctionId);
  say(
    `Auction ${auctionId}: 20 t of carbonate from USD 10,000.00 a tonne; a deposit of USD 20,000.00 is held of each.`,
  );

  const screens = await Promise.all(bidders.map((each) => openScreen([baseUrl], auctionId, each.client.token)));
  const [first] = screens;
  if (!first) throw new Error('nobody watches');
  await first.untilStatus('open');
  const storm = startStorm(screens, { from: 10_000, perSecond: bidsPerSecond, step: 100 });
  say(`Open: about ${bidsPerSecond} simulated bids a second.`);
  await new Promise((resolve) => setTimeout(resolve, (runsForSeconds - 2) * 1_000));
  const { price, leader, bids } = first.state();
  say(`After ${bids} bids bidder ${leader} leads at USD ${price?.toLocaleString('en-US')} a tonne.`);
  const acknowledged = await storm.stop();
  const { result, extensions } = await first.untilStatus('closed', 60_000);
  say(
    `Closed after ${extensions} extensions: bidder ${result?.winner} won at USD ${result?.price?.toLocaleString('en-US')}.`,
  );

  for (const { sequences } of screens) {
    const gap = gapIn(sequences);
    if (gap) throw new Error(`a screen has a gap: ${gap}`);
  }
  for (const screen of screens) screen.close();
  const ends = await Promise.all(bidders.map((each) => untilClosed(each, auctionId)));
  const winner = bidders[ends.findIndex((each) => each.awards.length > 0)];
  if (!winner) throw new Error('nobody won');
  const { orderId } = await winner.client.post<{ orderId: string }>(`/api/auctions/${auctionId}/award/confirm`);
  await untilDeposits(winner, ['applied']);
  await Promise.all(bidders.filter((each) => each !== winner).map((each) => untilDeposits(each, ['released'])));
  say(
    `${winner.fullName} confirmed: order ${orderId}, the deposit in its escrow; ${bidders.length - 1} deposits went back.`,
  );

  const log = await winner.client.get<Exported>(`/api/auctions/${auctionId}/log`);
  const verdict = verifyLog(log.terms, log.entries);
  if (!verdict.whole) throw new Error(`row ${verdict.row} of the log is not what it was: ${verdict.why}`);
  const how = await winner.client.get<Analytics>(`/api/auctions/${auctionId}/analytics`);
  const took = acknowledged.map((each) => each.tookMs);
  return [
    `Log of auction ${auctionId}`,
    '',
    `  ${log.entries.length} rows: ${how.bidsAccepted} bids accepted, ${how.refused} refused; the lead changed ${how.leadChanges} times.`,
    `  Every row follows from the one before and from the rules: whole, ending in ${log.headHash}.`,
    `  Every one of ${screens.length} screens showed every row once and in order.`,
    `  A bid was answered in ${quantile(took, 0.5).toFixed(0)} ms (median), ${quantile(took, 0.99).toFixed(0)} ms (99 %).`,
    '',
    `Check it again, offline: npm run auction:verify -- ${auctionId}`,
  ];
});
