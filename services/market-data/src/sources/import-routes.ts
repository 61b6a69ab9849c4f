import { operators, type Route, route } from '@clearlot/service';
import { z } from 'zod';
import type { Clients } from '../clients.ts';
import { importFile } from './import-file.ts';
import { listDeliveries } from './store.ts';
import type { SourceDelivery } from './tables.ts';

const deliveryShape = z.object({
  sourceId: z.string(),
  edition: z.string(),
  via: z.enum(['fetch', 'import']),
  contentSha256: z.string(),
  receivedBy: z.string(),
  receivedAt: z.string(),
  figures: z.number(),
  recorded: z.number(),
  corrected: z.number(),
  duplicates: z.number(),
  /** In quarantine, waiting for review. */
  keptBack: z.number(),
});

function present({ receivedAt, ...row }: SourceDelivery): z.input<typeof deliveryShape> {
  return { ...row, receivedAt: new Date(receivedAt).toISOString() };
}

export const importRoutes: Route<Clients>[] = [
  route({
    method: 'POST',
    path: '/api/admin/market/imports',
    access: operators,
    summary: 'Import a CSV or JSON file by the mapping of its source; the same file again changes nothing',
    status: 201,
    multipart: true,
    query: z.object({ source: z.string().min(1).max(60), edition: z.string().trim().min(1).max(200) }),
    response: deliveryShape.extend({ repeated: z.boolean() }),
    action: (ctx, { query, upload }) =>
      importFile(ctx, { code: query.source, edition: query.edition, bytes: upload.bytes }),
    present: (ingested) => ({ ...present(ingested), repeated: ingested.repeated }),
  }),
  route({
    method: 'GET',
    path: '/api/admin/market/imports',
    access: operators,
    summary: 'The newest deliveries of sources, imported or fetched',
    query: z.object({ sourceId: z.uuid().optional(), limit: z.coerce.number().int().min(1).max(200).default(50) }),
    response: z.object({ items: z.array(deliveryShape) }),
    action: (ctx, { query }) => ctx.read((work) => listDeliveries(work, query)),
    present: (rows) => ({ items: rows.map(present) }),
  }),
];
