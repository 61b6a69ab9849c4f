import type { Timer } from '@clearlot/service';
import type { Clients } from '../clients.ts';
import { takeUntold } from './store.ts';

/**
 * Tells who asked that there is an answer. Not done where the answer is written: the buyer's transaction must not see who
 * asked. Rows are claimed, so replicas do not repeat each other.
 */
export const tellAskers: Timer<Clients> = {
  name: 'tell-askers',
  everyMs: 1_000,
  run: (ctx) =>
    ctx.transaction('TellAskers', async (tx) => {
      for (const { askerId, rfqId, title, question, answer } of await takeUntold(tx)) {
        tx.notify(askerId, 'question_answered', { rfqId, title, question, answer });
      }
    }),
};
