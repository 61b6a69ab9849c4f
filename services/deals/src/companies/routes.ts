import { operators, type Route, route } from '@clearlot/service';
import { z } from 'zod';
import type { Clients } from '../clients.ts';
import { addCompany } from './add-company.ts';
import { type Company, listCompanies } from './store.ts';

const companyShape = z.object({ companyId: z.string(), name: z.string(), legalName: z.string() });

const present = (row: Company) => ({ companyId: row.id, name: row.name, legalName: row.legalName });

export const companyRoutes: Route<Clients>[] = [
  route({
    method: 'GET',
    path: '/api/companies',
    access: 'public',
    summary: 'Companies with liquidity programs',
    response: z.array(companyShape),
    action: (ctx) => ctx.read(listCompanies),
    present: (rows) => rows.map(present),
  }),
  route({
    method: 'POST',
    path: '/api/admin/companies',
    access: operators,
    summary: 'Add a company',
    status: 201,
    body: z.object({
      name: z.string().trim().min(1).max(200),
      legalName: z.string().trim().min(1).max(200).optional(),
    }),
    response: companyShape,
    action: (ctx, { body }) => addCompany(ctx, body),
    present,
  }),
];
