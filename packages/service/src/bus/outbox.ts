import { newId } from '@clearlot/kernel';
import type { EventType } from '@clearlot/proto/events';
import type { Trailer } from '../db/transaction.ts';
import { currentTraceparent } from '../telemetry/trace.ts';

/**
 * The outbox row of one event. The aggregate's version row is locked first, so commits of one aggregate happen in
 * version order and the relay can publish by row id.
 */
export function outboxTrailer<T>(type: EventType<T>, aggregateId: string, payload: T, at: Date): Trailer {
  const bytes = type.codec.encode(payload).finish();
  const messageId = newId();
  const traceparent = currentTraceparent();
  return (sql) =>
    sql`with next as (
      insert into aggregate_version as a (aggregate_id, version) values (${aggregateOf(type.subject)} || ':' || ${aggregateId}, 1)
      on conflict (aggregate_id) do update set version = a.version + 1 returning aggregate_id, version)
    insert into outbox (message_id, subject, aggregate_id, version, payload, traceparent, occurred_at)
    select ${messageId}::uuid, ${type.subject}, aggregate_id, version, ${bytes as Buffer}, ${traceparent}, ${at} from next`.execute();
}

/** `deals.commitment.submitted.v1` → `deals.commitment`: what is ordered together. */
export function aggregateOf(subject: string): string {
  return subject.split('.', 2).join('.');
}
