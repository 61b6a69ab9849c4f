import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** The process's metrics, served at `/metrics`. */
export const registry = new Registry();
collectDefaultMetrics({ register: registry });

export const httpDuration = new Histogram({
  name: 'http_request_duration_seconds',
  help: 'HTTP requests by route and status',
  labelNames: ['method', 'route', 'status'],
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
  registers: [registry],
});

export const rpcDuration = new Histogram({
  name: 'grpc_server_duration_seconds',
  help: 'gRPC calls by method and code',
  labelNames: ['method', 'code'],
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
  registers: [registry],
});

export const eventLatency = new Histogram({
  name: 'event_commit_to_handled_seconds',
  help: 'From the commit of an event to the end of its handler in this service',
  labelNames: ['consumer'],
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30],
  registers: [registry],
});

export const eventOutcomes = new Counter({
  name: 'events_total',
  help: 'Messages by consumer and outcome: handled, duplicate, gap, failed, parked, dead',
  labelNames: ['consumer', 'outcome'],
  registers: [registry],
});

export const outboxPending = new Gauge({
  name: 'outbox_pending',
  help: 'Events committed and not yet published, as last seen by this relay',
  registers: [registry],
});
