// What everything is compared with: one Fastify route, one insert, no more. And one that writes the rows our guarantees
// need, as plainly as can be: no gateway, no validation to speak of, no row-level security. Run by request-cost.ts as its
// own process.
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

app.post<{ Body: { companyId: string; shareType: string; quantity: number } }>(
  '/holdings/recorded',
  { schema: { body, response: { 201: answer } } },
  async (request, reply) => {
    const { companyId, shareType, quantity } = request.body;
    const [id, userId, now] = [randomUUID(), randomUUID(), new Date()];
    const payload = Buffer.from(
      JSON.stringify({ id, ownerId: userId, companyId, shareType, quantity, status: 'pending' }),
    );
    await sql.begin(async (tx) => {
      await tx`insert into holding (id, company_id, share_type, quantity, status)
        values (${id}, ${companyId}, ${shareType}, ${quantity}, 'pending')`;
      const [row] = await tx`insert into aggregate_version as a (aggregate_id, version) values (${`holding:${id}`}, 1)
        on conflict (aggregate_id) do update set version = a.version + 1 returning version`;
      await tx`insert into outbox (message_id, subject, aggregate_id, version, payload, traceparent, occurred_at)
        values (${randomUUID()}, 'holding.changed', ${`holding:${id}`}, ${row?.version}, ${payload}, ${randomUUID()}, ${now})`;
      await tx`insert into audit_log (id, at, actor, actor_role, ip, action, entity_type, entity_id, new_value, trace_id)
        values (${randomUUID()}, ${now}, ${userId}, 'user', ${request.ip}, 'holding.added', 'holding', ${id},
          ${tx.json(request.body)}, ${randomUUID()})`;
    });
    return reply.code(201).send({ holdingId: id, status: 'pending' });
  },
);

await app.listen({ host: '127.0.0.1', port: Number(process.env.HTTP_PORT) });
