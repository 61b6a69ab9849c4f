import { newId } from '@clearlot/kernel';
import { crashPoint, type Timer } from '@clearlot/service';
import type { Clients, Ctx } from '../clients.ts';
import { dayOf } from '../conversion/figures.ts';
import { checkText } from './check-text.ts';
import { cite, collectFacts } from './collect-facts.ts';
import type { Fact } from './fact.ts';
import type { Locale } from './language.ts';
import { writePrompt } from './prompt.ts';
import { insertSummary, lockDueTask, planSummaries, saveTask } from './store.ts';
import { type SummaryWriter, WriterFailure } from './summary-writer.ts';
import type { MarketSummary, SummaryTask } from './tables.ts';
import { writeTemplate } from './template.ts';

const HOUR_MS = 3_600_000;
/** How long a writer may take before another one assumes it died: longer than one attempt at the model. */
const leaseMs = 60_000;
/** After so many the template writes. */
const attemptsMax = 3;
const nothingToSayMs = 5 * 60_000;

/** Writes each day's summaries. Runs in every replica; each summary is leased to one of them. */
export const writeSummariesTimer: Timer<Clients> = { name: 'write-summaries', everyMs: 5_000, run: writeSummaries };

/**
 * Writes what is due, one summary after the other: the model is asked outside of any transaction, and what it says is
 * published only when it holds to the facts. Whoever dies in between is repeated when the lease is over; a revision is
 * published once.
 */
export async function writeSummaries(ctx: Ctx): Promise<void> {
  const { hourUtc, locales } = ctx.clients.summaries;
  if (locales.length === 0) return;
  await ctx.transaction('PlanSummaries', (tx) =>
    planSummaries(tx, dayOf(new Date(tx.now.getTime() - hourUtc * HOUR_MS)), locales),
  );
  for (;;) {
    const claimed = await ctx.transaction('ClaimSummary', async (tx) => {
      const task = await lockDueTask(tx);
      if (!task) return undefined;
      const facts = await collectFacts(tx);
      const waitMs = facts.length === 0 ? nothingToSayMs : leaseMs;
      const attempts = facts.length === 0 ? task.attempts : task.attempts + 1;
      await saveTask(tx, task, { attempts, dueAt: new Date(tx.now.getTime() + waitMs) });
      return { task: { ...task, attempts }, facts };
    });
    if (!claimed) return;
    if (claimed.facts.length > 0) await writeOne(ctx, claimed.task, claimed.facts);
  }
}

async function writeOne(ctx: Ctx, task: SummaryTask, facts: readonly Fact[]): Promise<void> {
  const { day, locale, wantedRevision: revision, attempts } = task;
  const written = await write(ctx.clients.summaries.writer, facts, locale);
  crashPoint('market-data.summary:after-write');
  if (written.origin === 'template' && written.again && attempts < attemptsMax) {
    ctx.log.warn({ code: written.fallbackReason, day, locale, attempts }, 'summary: the model is asked again');
    // Not released: the lease that runs out is the pause before the next attempt.
    return;
  }
  const { origin, body, model, fallbackReason } = written;
  await ctx.transaction('PublishSummary', async (tx) => {
    const row: MarketSummary = {
      ...{ summaryId: newId(), day, locale, revision, status: 'published', origin, fallbackReason, model, body },
      ...{ citations: written.facts.map(cite), writtenAt: tx.now },
      ...{ retractedBy: null, retractedAt: null, retractionReason: null },
    };
    await insertSummary(tx, row);
    await saveTask(tx, task, { writtenRevision: revision, attempts: 0 });
  });
}

type Written = { body: string; facts: readonly Fact[] } & (
  | { origin: 'model'; model: string; fallbackReason: null }
  /** `again`: another attempt at the model may do better. */
  | { origin: 'template'; model: null; fallbackReason: string; again: boolean }
);

async function write(writer: SummaryWriter | undefined, facts: readonly Fact[], locale: Locale): Promise<Written> {
  const byTemplate = (fallbackReason: string, again: boolean): Written => {
    return { origin: 'template', model: null, body: writeTemplate(facts, locale), facts, fallbackReason, again };
  };
  if (!writer) return byTemplate('MODEL_NOT_CONFIGURED', false);
  const licensed = facts.filter(({ llm }) => llm);
  if (licensed.length === 0) return byTemplate('NO_LICENSED_FIGURES', false);
  try {
    const body = await writer.write(writePrompt(licensed, locale));
    const problem = checkText(body, licensed, locale);
    if (problem) return byTemplate(`TEXT_REFUSED_${problem.code}`, true);
    return { origin: 'model', model: writer.model, body, facts: licensed, fallbackReason: null };
  } catch (error) {
    if (!(error instanceof WriterFailure)) throw error;
    return byTemplate(`MODEL_${error.code}`, true);
  }
}
