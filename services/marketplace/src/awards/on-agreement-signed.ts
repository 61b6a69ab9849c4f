import { events } from '@clearlot/proto/events';
import { reaction } from '@clearlot/service';
import { createOrder } from '../orders/create-order.ts';
import { moveContract, readOrder } from './contract.ts';
import { findContract, lockContract, saveContract } from './contract-store.ts';
import { endAward, lockAwardOf } from './end-award.ts';

/** A signature under a contract. With the second one it is concluded: its order begins, with the last one the award ends. */
export const onAgreementSigned = reaction({
  name: 'on-agreement-signed',
  type: events.agreementSigned,
  handle: async (tx, event) => {
    const known = await findContract(tx, event.dealId);
    const locked = known && (await lockAwardOf(tx, known.rfqId));
    const before = locked && (await lockContract(tx, event.dealId));
    if (!locked || before?.status !== 'issued') return;
    const at = event.signedAt ?? tx.now;
    const signature = event.signerRole === 'seller' ? { sellerSignedAt: at } : { buyerSignedAt: at };
    const { buyerSignedAt, sellerSignedAt } = { ...before, ...signature };
    if (!buyerSignedAt || !sellerSignedAt) {
      await saveContract(tx, before, signature);
      return;
    }
    const contract = await saveContract(tx, before, { ...signature, status: moveContract(before.status, 'signed') });
    await createOrder(tx, readOrder(contract.terms));
    await endAward(tx, locked);
  },
});
