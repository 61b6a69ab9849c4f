import { events } from '@clearlot/proto/events';
import { reaction } from '@clearlot/service';
import { voidAgreements } from './void-agreements.ts';

/** A contract is not to be concluded any more: its agreement is void. */
export const onContractCancelled = reaction({
  name: 'on-contract-cancelled',
  type: events.contractCancelled,
  handle: (tx, { contractId, reason }) => voidAgreements(tx, { settlementId: contractId, dealId: contractId, reason }),
});
