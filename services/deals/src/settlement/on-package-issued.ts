import { events } from '@clearlot/proto/events';
import { reaction } from '@clearlot/service';
import type { Clients } from '../clients.ts';
import { moveSettlement } from './settlement.ts';
import { lockSettlement, saveAgreement, saveSettlement } from './store.ts';

/** The agreements exist: they are to be signed. */
export const onPackageIssued = reaction<Parameters<typeof events.packageIssued.codec.encode>[0], Clients>({
  name: 'on-package-issued',
  type: events.packageIssued,
  handle: async (tx, event) => {
    const settlement = await lockSettlement(tx, event.dealId);
    if (settlement?.state !== 'agreements_requested') return;
    await Promise.all(
      event.agreements.map(({ agreementId, documentId }) => saveAgreement(tx, agreementId, { documentId })),
    );
    await saveSettlement(tx, settlement, moveSettlement(settlement.state, 'signing', tx.now));
  },
});
