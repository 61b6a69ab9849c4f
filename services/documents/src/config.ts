import { addresses, readConfig, serviceConfig } from '@clearlot/service';
import { z } from 'zod';

/** The settings of the documents service. */
export const config = readConfig(
  serviceConfig.extend({
    /** 32 bytes in base64: what files, agreements and names are encrypted with. Losing it loses them. */
    FILE_KEY: z.string().regex(/^[A-Za-z0-9+/]{43}=$/, 'must be 32 bytes in base64'),
    IDENTITY_GRPC: addresses,
  }),
  process.env,
);
