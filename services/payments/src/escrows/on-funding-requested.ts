import { events } from '@clearlot/proto/events';
import { reaction } from '@clearlot/service';
import type { EscrowBank } from '../config.ts';
import { instructFunding } from './instruct-funding.ts';

/** Everybody signed: buyers learn where to wire. */
export function onFundingRequested(bank: EscrowBank) {
  return reaction({
    name: 'on-funding-requested',
    type: events.fundingRequested,
    handle: (tx, event) => instructFunding(tx, bank, event),
  });
}
