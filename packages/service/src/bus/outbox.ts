import { newId } from '@clearlot/kernel';
import type { EventType } from '@clearlot/proto/events';
import { currentTraceparent } from '../telemetry/trace.ts';

/** An event as its outbox row has it, all but the version, which the database counts. */
export interface OutgoingEvent {
  messageId: string;
  subject: string;
  /** `deals.commitment:<id>`: what is published in order. */
  aggregateId: string;
  payload: Uint8Array;
  traceparent: string;
  occurredAt: Date;
}

/** The event as it goes out, under the trace of the request that caused it. */
export function outgoingEvent<T>(type: EventType<T>, aggregateId: string, payload: T, occurredAt: Date): OutgoingEvent {
  return {
    messageId: newId(),
    subject: type.subject,
    aggregateId: `${aggregateOf(type.subject)}:${aggregateId}`,
    payload: type.codec.encode(payload).finish(),
    traceparent: currentTraceparent(),
    occurredAt,
  };
}

/** `deals.commitment.submitted.v1` → `deals.commitment`: what is ordered together. */
export function aggregateOf(subject: string): string {
  return subject.split('.', 2).join('.');
}
