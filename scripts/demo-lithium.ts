// npm run demo:lithium: three suppliers and a buyer take a request for quotation to delivered, paid and reviewed orders.
import { acceptAndRelease, auditOrder, deliver, fundOrder, readOrder } from '../e2e/lithium/fulfilment.ts';
import { openMarket } from '../e2e/lithium/market.ts';
import { offerPlans, supplierPlans } from '../e2e/lithium/plans.ts';
import { awardTender, openTender, signContracts } from '../e2e/lithium/tender.ts';
import { registerPerson } from '../e2e/program/people.ts';
import { playDemo } from './play-demo.ts';

await playDemo(async (baseUrl, operator, say) => {
  const suppliers = await openMarket(baseUrl, operator, supplierPlans, say);
  const buyer = await registerPerson(baseUrl, 'buyer', 'Bruno Becker');
  const tender = await openTender(buyer, suppliers, offerPlans, 6_000, say);
  const award = await awardTender(tender, say);
  const trail: string[] = [];
  // What is found at the port decides what is paid: one delivery is two tonnes in a hundred short.
  for (const [index, orderId] of (await signContracts(tender, award, say)).entries()) {
    await fundOrder(operator, buyer, orderId, say);
    const { supplierId } = await readOrder(buyer, orderId);
    const supplier = suppliers.find((each) => each.supplierId === supplierId);
    if (!supplier) throw new Error(`order ${orderId} is nobody's`);
    const found = { share: index === 0 ? 0.98 : 1, li2co3: 99.6 };
    const deliveryId = await deliver(buyer, supplier, orderId, found, say);
    const order = await acceptAndRelease(operator, buyer, orderId, deliveryId, say);
    trail.push(await auditOrder(operator, order));
    await buyer.client.post('/api/reviews', { orderId, rating: 5, quality: 5, delivery: 4, communication: 5 });
  }
  say('The buyer reviewed both orders.');
  return [`Money trail of RFQ ${tender.rfqId}`, '', ...trail, '', 'Every cent is accounted for.'];
});
