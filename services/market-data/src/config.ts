import { addresses, readConfig, serviceConfig } from '@clearlot/service';
import { webhookConfig } from './alerts/webhooks.ts';
import { sourceConfig } from './sources/source-access.ts';
import { summaryConfig } from './summaries/summary-writer.ts';
import { tradeConfig } from './trades/trade-rules.ts';

export const config = readConfig(
  serviceConfig.extend({
    IDENTITY_GRPC: addresses,
    MARKETPLACE_GRPC: addresses,
    ...sourceConfig,
    ...webhookConfig,
    ...summaryConfig,
    ...tradeConfig,
  }),
  process.env,
);
