import { addresses, readConfig, serviceConfig } from '@clearlot/service';
import { webhookConfig } from './alerts/webhooks.ts';
import { sourceConfig } from './sources/source-access.ts';
import { summaryConfig } from './summaries/summary-writer.ts';

export const config = readConfig(
  serviceConfig.extend({ IDENTITY_GRPC: addresses, ...sourceConfig, ...webhookConfig, ...summaryConfig }),
  process.env,
);
