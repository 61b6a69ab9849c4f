import type { Route } from '@clearlot/service';
import { balanceRoutes } from './balances/routes.ts';
import type { EscrowBank } from './config.ts';
import { escrowRoutes } from './escrows/routes.ts';
import { ledgerRoutes } from './ledger/routes.ts';
import { paymentRoutes } from './payments/routes.ts';

/** Door 1: every route of the service. */
export function paymentsRoutes(bank: EscrowBank): Route<unknown>[] {
  return [...balanceRoutes(bank), ...paymentRoutes(bank), ...escrowRoutes, ...ledgerRoutes];
}
