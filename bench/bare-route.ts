// What everything is compared with: one Fastify route, one insert, no more. Run by request-cost.ts as its own process.
import { randomUUID } from 'node:crypto';
import Fastify from 'fastify';
import postgres from 'postgres';

const sql = postgres(process.env.DATABASE_URL ?? '', { max: Number(process.env.DATABASE_POOL_MAX) });
const app = Fastify();

const body = {
  type: 'object',
  required: ['companyId', 'shareType', 'quantity'],
  properties: {
    companyId: { type: 'string' },
    shareType: { type: 'string', minLength: 1, maxLength: 60 },
    quantity: { type: 'integer', minimum: 1 },
  },
} as const;
const answer = { type: 'object', properties: { holdingId: { type: 'string' }, status: { type: 'string' } } } as const;

app.post<{ Body: { companyId: string; shareType: string; quantity: number } }>(
  '/holdings',
  { schema: { body, response: { 201: answer } } },
  async (request, reply) => {
    const { companyId, shareType, quantity } = request.body;
    const id = randomUUID();
    await sql`insert into holding (id, company_id, share_type, quantity, status)
      values (${id}, ${companyId}, ${shareType}, ${quantity}, 'pending')`;
    return reply.code(201).send({ holdingId: id, status: 'pending' });
  },
);

await app.listen({ host: '127.0.0.1', port: Number(process.env.HTTP_PORT) });
