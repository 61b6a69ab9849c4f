import type {
  handleClientStreamingCall,
  handleServerStreamingCall,
  handleUnaryCall,
  ServiceDefinition,
  UntypedServiceImplementation,
} from '@grpc/grpc-js';
import type { Access } from '../auth/access.ts';
import type { Context } from '../context.ts';

type Declared<S> = { [K in keyof S as string extends K ? never : K]: S[K] };

/**
 * One rpc: who may call it and the action behind it. A client-streaming rpc gets its messages as an iterable, a
 * server-streaming one answers one, which is ended when the caller leaves.
 */
export type Rpc<Method, Clients> =
  Method extends handleUnaryCall<infer Request, infer Response>
    ? { access: Access; action(context: Context<Clients>, request: Request): Promise<Response> }
    : Method extends handleClientStreamingCall<infer Request, infer Response>
      ? { access: Access; action(context: Context<Clients>, requests: AsyncIterable<Request>): Promise<Response> }
      : Method extends handleServerStreamingCall<infer Request, infer Response>
        ? { access: Access; action(context: Context<Clients>, request: Request): AsyncIterable<Response> }
        : never;

export interface RpcTable<Clients> {
  definition: ServiceDefinition;
  /** As if all were unary; the definition knows which stream. */
  rpcs: Record<string, Rpc<handleUnaryCall<unknown, unknown>, Clients>>;
}

/** Declares all rpcs of a service; a missing one, or one without an access rule, does not compile. */
export function rpcs<S extends UntypedServiceImplementation, Clients>(
  definition: ServiceDefinition,
  table: { [K in keyof Declared<S>]: Rpc<S[K], Clients> },
): RpcTable<Clients> {
  return { definition, rpcs: table as unknown as RpcTable<Clients>['rpcs'] };
}
