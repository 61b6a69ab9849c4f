import { addresses, readConfig, serviceConfig } from '@clearlot/service';
import { z } from 'zod';

/** Where buyers wire to. The defaults are a bank that does not exist and says so. */
const escrowBank = z.object({
  ESCROW_BANK_NAME: z.string().default('Demo Escrow Bank (not a real bank)'),
  ESCROW_BANK_ACCOUNT_NAME: z.string().default('Clearlot Demo Escrow: do not send money'),
  ESCROW_BANK_ACCOUNT_NUMBER: z.string().default('0000000000'),
  ESCROW_BANK_ROUTING_NUMBER: z.string().default('000000000'),
  ESCROW_BANK_SWIFT: z.string().default('DEMOUS00'),
});

const config = serviceConfig.extend({ IDENTITY_GRPC: addresses, ...escrowBank.shape });

/** The bank account of the escrow as people are told to wire to it. */
export interface EscrowBank {
  bankName: string;
  accountName: string;
  accountNumber: string;
  routingNumber: string;
  swift: string;
}

/** The settings of the service, read once. */
export function paymentsConfig() {
  const settings = readConfig(config, process.env);
  const bank: EscrowBank = {
    bankName: settings.ESCROW_BANK_NAME,
    accountName: settings.ESCROW_BANK_ACCOUNT_NAME,
    accountNumber: settings.ESCROW_BANK_ACCOUNT_NUMBER,
    routingNumber: settings.ESCROW_BANK_ROUTING_NUMBER,
    swift: settings.ESCROW_BANK_SWIFT,
  };
  return { ...settings, bank };
}

/** The one setting of the ledger verification command. */
export function verifyConfig() {
  return readConfig(z.object({ DATABASE_URL: z.url() }), process.env);
}
