import type { Contract, ContractText } from './contract.ts';
import { sharePurchaseText } from './share-purchase.ts';
import { supplyText } from './supply.ts';

/** What an agreement says, whatever it is about. */
export function textOf(contract: Contract): ContractText {
  return contract.kind === 'supply' ? supplyText(contract) : sharePurchaseText(contract);
}
