export type { EventType } from '@clearlot/proto/events';
export { type Actor, anonymous, databaseRole, isOperator, systemActor } from './actor.ts';
export type { AuditEntry } from './audit.ts';
export { type Access, authorize, operators, operatorsLive, signedIn } from './auth/access.ts';
export {
  type AccessTokenClaims,
  type AccessTokenVerifier,
  accessTokenAudience,
  accessTokenIssuer,
  accessTokenType,
  createAccessTokenVerifier,
} from './auth/access-token.ts';
export { type RevokedSessions, watchRevokedSessions } from './auth/revocation.ts';
export { createServiceCredentials, type ServiceCredentials } from './auth/service-token.ts';
export { connectBus, ensureStream, streamOf } from './bus/connection.ts';
export { type Consumer, startConsumers } from './bus/consumer.ts';
export { type Delivery, handleDelivery, type Outcome } from './bus/delivery.ts';
export { type Envelope, type Reaction, reaction } from './bus/reaction.ts';
export { type Relay, startRelay } from './bus/relay.ts';
export { addresses, readConfig, type ServiceConfig, serviceConfig } from './config.ts';
export { type Context, type ContextParts, createContext, type Tx } from './context.ts';
export { crashPoint } from './crash-point.ts';
export { type Connection, openDatabase, type Sql } from './db/database.ts';
export { migrate, serviceMigrations } from './db/migrate.ts';
export { prepared, preparedInsert } from './db/prepared.ts';
export { lostConnection, runTransaction, type Work } from './db/transaction.ts';
export { serviceErrors } from './errors.ts';
export { type Call, connectGrpc, type Remote } from './grpc/client.ts';
export { type RpcTable, rpcs } from './grpc/rpc.ts';
export { bindGrpc, createGrpcServer } from './grpc/server.ts';
export { fromGrpcStatus, toGrpcStatus } from './grpc/status.ts';
export { type Page, pageOf, pageQuery, readCursor, toPage } from './http/cursor.ts';
export { fileParts } from './http/file-parts.ts';
export { addProbes } from './http/probes.ts';
export { type Problem, sendProblem, toProblem } from './http/problem.ts';
export { type Route, type RouteInput, route } from './http/route.ts';
export { createHttpServer } from './http/server.ts';
export { type Upload, uploadBytesMax } from './http/upload.ts';
export { type IdempotentRequest, Replay, requestHash } from './idempotency.ts';
export { onShutdown } from './lifecycle.ts';
export { operationsRoutes } from './operations.ts';
export { type Connect, runService, type ServiceDefinition } from './run-service.ts';
export { createLogger, type Logger } from './telemetry/log.ts';
export { registry } from './telemetry/metrics.ts';
export { continueTrace, currentTraceId, currentTraceparent, span, withTrace } from './telemetry/trace.ts';
export { startTracing } from './telemetry/tracing.ts';
export { startTimers, type Timer } from './timer.ts';
export { createVault, type Vault } from './vault.ts';
