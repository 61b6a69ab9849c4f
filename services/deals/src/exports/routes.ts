import { operators, type Route, route } from '@clearlot/service';
import { stringify } from 'csv-stringify/sync';
import { z } from 'zod';
import type { Clients } from '../clients.ts';
import { exportAllocations, exportParticipants, exportPayments } from './export-deal.ts';

const exporters = { participants: exportParticipants, allocations: exportAllocations, payments: exportPayments };

export const exportRoutes: Route<Clients>[] = [
  route({
    method: 'GET',
    path: '/api/admin/deals/:id/export/:register',
    access: operators,
    summary: 'A register of the deal as CSV: participants.csv, allocations.csv or payments.csv',
    params: z.object({ id: z.uuid(), register: z.enum(['participants.csv', 'allocations.csv', 'payments.csv']) }),
    action: async (ctx, { params, reply }) => {
      const rows = await exporters[params.register.replace('.csv', '') as keyof typeof exporters](ctx, params.id);
      // A cell that a spreadsheet would run as a formula is escaped.
      const text = stringify(rows, { escape_formulas: true, record_delimiter: 'windows' });
      reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="${params.id}-${params.register}"`);
      return reply.serializer((body: unknown) => String(body)).send(text);
    },
    present: () => undefined,
  }),
];
