import { errorTable } from '@clearlot/kernel';

/** Every expected failure of the live socket itself. */
export const liveErrors = errorTable({
  GATEWAY_LIVE_MESSAGE_INVALID: ['invalid', 'The message is not one that the live socket knows.'],
  GATEWAY_LIVE_TOPIC_INVALID: ['invalid', 'There are no topics of this name.'],
  GATEWAY_LIVE_TOPICS_EXHAUSTED: ['too_many', 'This socket watches as many topics as one may.'],
  GATEWAY_LIVE_BIDS_EXHAUSTED: ['too_many', 'Wait for the answers to the bids that are under way.'],
});
