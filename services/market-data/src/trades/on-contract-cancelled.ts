import { events } from '@clearlot/proto/events';
import { reaction } from '@clearlot/service';
import { lockPlatform, withdrawTrades } from './store.ts';

/**
 * A sale came to nothing: its trades do not count. A figure they are part of already stays as it was published: a
 * correction would show, by the difference, what is taken out.
 */
export const onContractCancelled = reaction({
  name: 'on-contract-cancelled',
  type: events.contractCancelled,
  async handle(tx, { contractId }) {
    await lockPlatform(tx);
    await withdrawTrades(tx, contractId);
  },
});
