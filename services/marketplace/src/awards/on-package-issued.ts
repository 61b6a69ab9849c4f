import { events } from '@clearlot/proto/events';
import { reaction } from '@clearlot/service';
import { moveContract } from './contract.ts';
import { lockContract, saveContract } from './contract-store.ts';

/** A contract is drawn: it is to be signed. Packages of the deals service are none of ours. */
export const onPackageIssued = reaction({
  name: 'on-package-issued',
  type: events.packageIssued,
  handle: async (tx, event) => {
    const contract = await lockContract(tx, event.dealId);
    if (contract?.status !== 'requested') return;
    const documentId = event.agreements[0]?.documentId ?? null;
    await saveContract(tx, contract, { status: moveContract(contract.status, 'issued'), documentId });
  },
});
