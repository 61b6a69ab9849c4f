import { addresses, readConfig, serviceConfig } from '@clearlot/service';

export const config = readConfig(
  serviceConfig.extend({ IDENTITY_GRPC: addresses, DOCUMENTS_GRPC: addresses, PAYMENTS_GRPC: addresses }),
  process.env,
);
